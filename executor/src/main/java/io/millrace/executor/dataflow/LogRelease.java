package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.circuit.OpenStream;
import io.millrace.executor.circuit.PlanShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of what neither retention keeps nor a recovery would need: a view that two checkpoints have needs the logs from the older
 * on, another all that it has read. For the thread of the dataflow.
 */
final class LogRelease {
    private final ViewSet views;
    private final Replicas replicas;
    private final List<Checkpointer.Known> kept;
    private final List<HistoryNeed> needs;
    private final Map<Long, StepRecord> steps = new HashMap<>();

    /** What holds a log back: the first block that is needed, and why if that is worth telling. */
    private record Bound(long lsn, String reason) {}

    /**
     * @param kept the checkpoints that are, the newest first
     * @param needs of those outside
     */
    LogRelease(ViewSet views, Replicas replicas, List<Checkpointer.Known> kept, List<HistoryNeed> needs) {
        this.views = views;
        this.replicas = replicas;
        this.kept = kept;
        this.needs = needs;
    }

    /**
     * Releases the logs.
     *
     * @param wanted the blocks below which retention keeps nothing
     * @param catalog the highest number of a view so far
     * @return what holds streams back, by their numbers
     */
    Map<Long, String> release(Map<OpenStream, Long> wanted, long catalog) {
        Map<Long, String> reasons = new HashMap<>();
        wanted.forEach((stream, lsn) -> {
            if (lsn <= stream.log().start().lsn()) {
                return;
            }
            Bound bound = bound(stream, lsn);
            stream.log().release(bound.lsn, catalog);
            if (bound.lsn < lsn && !bound.reason.isEmpty()) {
                reasons.put(stream.definition().id(), bound.reason);
            }
        });
        return reasons;
    }

    private Bound bound(OpenStream stream, long lsn) {
        long id = stream.definition().id();
        Bound bound = new Bound(lsn, "");
        for (StandingView view : views) {
            if (view.plan().keepsRows()
                    && Feed.logsOf(view.plan().query().root()).contains(id)) {
                bound = lower(bound, ofView(view, stream));
            }
        }
        for (HistoryNeed need : needs) {
            bound = lower(bound, ofNeed(need, stream));
        }
        return bound;
    }

    private static Bound lower(Bound one, @Nullable Bound other) {
        return other == null || one.lsn <= other.lsn ? one : other;
    }

    private @Nullable Bound ofView(StandingView view, OpenStream stream) {
        String name = "view \"" + view.plan().name() + "\"";
        if (kept.size() > 1 && has(0, view.id()) && has(1, view.id())) {
            int oldest = kept.size() - 1;
            while (!has(oldest, view.id())) { // which is older than the view
                oldest--;
            }
            return at(kept.get(oldest).position(), stream, "");
        }
        boolean isLost = view.failure() != null
                && Refilling.isTrimmedSince(view.id(), stream.log().start());
        return isLost ? null : all(stream, name + " is not in two checkpoints yet");
    }

    private boolean has(int checkpoint, long viewId) {
        return kept.get(checkpoint).views().contains(viewId);
    }

    private @Nullable Bound ofNeed(HistoryNeed need, OpenStream stream) {
        if (need.root() == null || need.position() == HistoryNeed.UNKNOWN) {
            return all(stream, need.name() + " has not begun");
        }
        long id = stream.definition().id();
        boolean isRead = need.viewId() < 0 && Feed.logsOf(need.root()).contains(id);
        if (isRead && !PlanShape.isStateless(need.root())) {
            return all(stream, need.name() + " computes with all rows: it should read a materialized view");
        }
        String reason = need.name() + " has written up to position " + need.position();
        if (isRead) {
            return at(need.position(), stream, reason);
        }
        Set<Long> read = viewsOf(need);
        boolean isAnchored = kept.stream()
                .filter(each -> each.position() <= need.position())
                .findFirst()
                .filter(each -> each.views().containsAll(read))
                .isPresent();
        boolean isAsked = !read.isEmpty() && read.stream().anyMatch(view -> reads(view, id));
        return isAsked && !isAnchored
                ? all(stream, reason + ", before the oldest checkpoint that has what it reads")
                : null;
    }

    private static Set<Long> viewsOf(HistoryNeed need) {
        return need.viewId() >= 0 ? Set.of(need.viewId()) : Feed.viewsOf(Objects.requireNonNull(need.root()));
    }

    /** Whether a view, or one of those that it reads, reads a stream. */
    private boolean reads(long viewId, long stream) {
        StandingView view = views.find(viewId);
        return view != null
                && (Feed.logsOf(view.plan().query().root()).contains(stream)
                        || view.reads().stream().anyMatch(each -> reads(each, stream)));
    }

    private static Bound all(OpenStream stream, String reason) {
        return new Bound(stream.log().start().lsn(), reason);
    }

    private Bound at(long position, OpenStream stream, String reason) {
        try {
            StepRecord step = steps.computeIfAbsent(position, replicas::step);
            return new Bound(step.end(stream.definition().id()), reason);
        } catch (MillraceException unknown) {
            return all(stream, reason.isEmpty() ? "step " + position + " is not known" : reason);
        }
    }

    /** The first position whose step is needed; {@code Long.MAX_VALUE}: none. */
    long firstPosition() {
        long first = Long.MAX_VALUE;
        for (Checkpointer.Known each : kept) {
            first = Math.min(first, each.position());
        }
        for (HistoryNeed need : needs) {
            first = Math.min(first, need.position());
        }
        return first;
    }
}
