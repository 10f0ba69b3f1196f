package io.millrace.executor.dataflow;

import io.millrace.error.ErrorKind;
import io.millrace.error.MillraceException;
import io.millrace.executor.state.MemoryBudget;
import io.millrace.executor.time.EngineClock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when views that their data has put out of use are worth another try: at once the first time, since within a step an
 * error may come of what is there for a moment only; then when what they read has changed, later and later while it does not
 * help. For the thread of the dataflow.
 */
final class Retries {
    private static final Logger LOGGER = LoggerFactory.getLogger(Retries.class);
    private static final long FIRST_DELAY_MICROS = 100_000;
    private static final long LONGEST_DELAY_MICROS = 30_000_000;

    private final MemoryBudget memory;
    private final EngineClock clock;
    private final Map<Long, Failed> failed = new HashMap<>();

    /** A view that failed at a cut; it rests until a time. */
    private record Failed(Cut at, long restsUntil, long delay, boolean isFirst) {}

    /** @param memory of the views */
    Retries(MemoryBudget memory, EngineClock clock) {
        this.memory = memory;
        this.clock = clock;
    }

    /** A view has failed. */
    void failed(StandingView view, MillraceException failure, Cut at, long now) {
        if (failure.code().kind() != ErrorKind.USER || !view.plan().keepsRows()) {
            return;
        }
        Failed before = failed.get(view.id());
        long delay = before == null ? 0 : before.delay;
        failed.put(
                view.id(),
                new Failed(
                        at,
                        now + delay,
                        Math.min(LONGEST_DELAY_MICROS, Math.max(FIRST_DELAY_MICROS, 2 * delay)),
                        before == null));
    }

    /** A view is there, or gone. */
    void forget(long viewId) {
        failed.remove(viewId);
    }

    boolean isEmpty() {
        return failed.isEmpty();
    }

    /** When the first that rests is worth another try; {@code Long.MAX_VALUE}: not before something changes. */
    long next(List<StandingView> views, Cut cut) {
        long next = Long.MAX_VALUE;
        for (StandingView view : views) {
            Failed known = failed.get(view.id());
            if (known != null && view.state() == StandingView.State.FAILED && isWorthIt(view, views, known, cut)) {
                next = Math.min(next, known.restsUntil);
            }
        }
        return next;
    }

    /**
     * Puts new views in the place of those that are worth another try.
     *
     * @param shown up to where the others are
     * @param cut up to where there is something to read
     * @param wanted views that somebody reads: they, and those that they read, do not rest
     */
    void beginAnew(ViewSet views, Cut shown, Cut cut, long now, Set<Long> wanted) {
        Set<Long> due = failed.isEmpty() ? Set.of() : due(views.list(), cut, now, wanted);
        for (StandingView view : due.isEmpty() ? List.<StandingView>of() : views.list()) {
            if (due.contains(view.id())) {
                beginAnew(view, views, shown);
            }
        }
    }

    private void beginAnew(StandingView view, ViewSet views, Cut shown) {
        if (Refilling.refusal(view.plan(), shown.streams()) != null) {
            forget(view.id());
            return;
        }
        try {
            StandingView another = new StandingView(view.plan(), memory.open(), clock);
            views.replaceAll(each -> each == view ? another : each);
        } catch (RuntimeException | Error noRoom) { // then it stays as it is
            LOGGER.warn("no room to begin anew with \"{}\"", view.plan().name(), noRoom);
        }
    }

    /**
     * The views that are worth another try, with those that failed because they read them.
     *
     * @param wanted views that somebody reads: they, and those that they read, do not rest
     */
    private Set<Long> due(List<StandingView> views, Cut cut, long now, Set<Long> wanted) {
        Set<Long> restless = new HashSet<>(wanted);
        for (int i = views.size() - 1; i >= 0; i--) { // each comes after those that it reads
            if (restless.contains(views.get(i).id())) {
                restless.addAll(views.get(i).reads());
            }
        }
        Set<Long> due = new HashSet<>();
        for (StandingView view : views) { // each comes after those that it reads
            Failed known = failed.get(view.id());
            if (known == null || view.state() != StandingView.State.FAILED) {
                continue;
            }
            boolean readsDue = view.reads().stream().anyMatch(due::contains);
            if (readsDue
                    || ((now >= known.restsUntil || restless.contains(view.id()))
                            && isWorthIt(view, views, known, cut)
                            && !readsFailed(view, views, due))) {
                due.add(view.id());
            }
        }
        return due;
    }

    private static boolean readsFailed(StandingView view, List<StandingView> views, Set<Long> due) {
        return views.stream()
                .anyMatch(other -> view.reads().contains(other.id())
                        && other.state() == StandingView.State.FAILED
                        && !due.contains(other.id()));
    }

    private static boolean isWorthIt(StandingView view, List<StandingView> views, Failed known, Cut cut) {
        return known.isFirst || hasChanged(view, views, known.at, cut);
    }

    private static boolean hasChanged(StandingView view, List<StandingView> views, Cut before, Cut now) {
        for (Feed feed : view.feeds()) {
            if (feed.hasLog() && before.endLsn(feed.id()) != now.endLsn(feed.id())) {
                return true;
            }
        }
        return views.stream()
                .anyMatch(other -> view.reads().contains(other.id()) && hasChanged(other, views, before, now));
    }
}
