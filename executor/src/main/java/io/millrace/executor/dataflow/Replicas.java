package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.checkpoint.StepReader;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.circuit.OpenStream;
import io.millrace.executor.circuit.PinnedStream;
import io.millrace.executor.dataflow.Recovery.Recovered;
import io.millrace.executor.log.LogStart;
import io.millrace.executor.state.MemoryBudget;
import io.millrace.executor.time.EngineClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes views as they were after an earlier step: from a checkpoint that is not later, if there is one that has them, else from the
 * logs. Thread-safe.
 */
final class Replicas {
    private static final String BEGIN_ANEW = "Begin anew, with a snapshot: leave SINCE out.";

    private final StepLog log;
    private final Supplier<Cut> logs;
    private final @Nullable Recovery recovery;
    private final MemoryBudget memory;
    private final EngineClock clock;

    /**
     * @param logs the streams and tables there are
     * @param recovery null when there are no checkpoints
     */
    Replicas(StepLog log, Supplier<Cut> logs, @Nullable Recovery recovery, MemoryBudget memory, EngineClock clock) {
        this.log = log;
        this.logs = logs;
        this.recovery = recovery;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * Views that are at a position, and take the steps after it, one at each call of {@link DataflowSteps#step}.
     *
     * @param time of the step of that position
     */
    record Replica(DataflowSteps steps, RecordedSteps source, long time) implements AutoCloseable {
        @Override
        public void close() {
            steps.close();
            source.close();
        }
    }

    /**
     * Computes views as they were.
     *
     * @param plans of views, each after those that it reads, and at the end maybe of a query that is none
     * @param prepare is given the query that is no view, if there is one, before it is computed
     * @throws MillraceException when the position is not known any more, or a view did not exist then
     */
    Replica make(List<ViewPlan> plans, long position, Consumer<StandingView> prepare) {
        StepRecord step = step(position);
        for (ViewPlan plan : plans) {
            if (plan.id() > step.catalog()) {
                throw new MillraceException(
                                ErrorCode.INVALID_PARAMETER,
                                "\"" + plan.name() + "\" did not exist at position " + position
                                        + ", or has been replaced since")
                        .withHint(BEGIN_ANEW);
            }
        }
        for (ViewPlan plan : plans) {
            if (plan.fromNow()) {
                checkTail(plan, step);
            }
        }
        List<ViewPlan> kept = plans.stream().filter(ViewPlan::keepsRows).toList();
        Recovered saved =
                recovery == null || kept.isEmpty() ? null : recovery.recover(kept, position, Set.of(), Runnable::run);
        if (saved != null && saved.views().size() == kept.size()) {
            checkRefill(plans.subList(kept.size(), plans.size()), position, saved);
            return restored(saved, plans, kept, step, prepare);
        }
        if (saved != null) {
            saved.close();
        }
        checkRefill(plans, position, null);
        RecordedSteps source = new RecordedSteps(log.reader(position), logs);
        Replica replica = new Replica(dataflow(source, position - 1), source, step.time());
        return filled(replica, () -> replica.steps.add(views(plans, prepare)));
    }

    /** Refuses what would have to begin with blocks that are not kept any more. */
    private void checkTail(ViewPlan plan, StepRecord step) {
        Map<Long, PinnedStream> streams = logs.get().streams();
        for (long id : Feed.logsOf(plan.query().root())) {
            PinnedStream stream = streams.get(id);
            if (stream != null) {
                startAfter(step, stream.stream());
            }
        }
    }

    /** Refuses what can only be computed from the logs, when these have been trimmed since. */
    private void checkRefill(List<ViewPlan> plans, long position, @Nullable Recovered saved) {
        for (ViewPlan plan : plans) {
            MillraceException lost = Refilling.refusalAt(plan, logs.get().streams());
            if (lost != null) {
                if (saved != null) {
                    saved.close();
                }
                String oldest = recovery == null || plan.id() < 0
                        ? ""
                        : recovery.present().stream()
                                .filter(each -> each.views().contains(plan.id()))
                                .reduce((newer, older) -> older)
                                .map(each -> "; the oldest position to go on after is " + each.position())
                                .orElse("");
                throw new MillraceException(
                        lost.code(),
                        "the changes of \"" + plan.name() + "\" after position " + position + " are not kept any more: "
                                + lost.primary() + oldest,
                        BEGIN_ANEW,
                        null,
                        lost);
            }
        }
    }

    private Replica restored(
            Recovered saved,
            List<ViewPlan> plans,
            List<ViewPlan> kept,
            StepRecord step,
            Consumer<StandingView> prepare) {
        Replica replica = new Replica(dataflow(saved.steps(), saved.position()), saved.steps(), step.time());
        return filled(replica, () -> {
            replica.steps.restore(saved.inOrder(kept), saved.position(), saved.identity(), saved.cut());
            while (replica.steps.published().position() < step.position() && replica.steps.step()) {
                continue;
            }
            replica.steps.fill(views(plans.subList(kept.size(), plans.size()), prepare));
        });
    }

    private static Replica filled(Replica replica, Runnable work) {
        try {
            work.run();
            return replica;
        } catch (RuntimeException | Error failure) {
            replica.close();
            throw failure;
        }
    }

    /** All on the thread that asks. */
    private DataflowSteps dataflow(RecordedSteps source, long position) {
        return new DataflowSteps(clock, source, memory, Runnable::run, Runnable::run, position);
    }

    private List<StandingView> views(List<ViewPlan> plans, Consumer<StandingView> prepare) {
        List<StandingView> views = new ArrayList<>();
        try {
            plans.forEach(plan -> views.add(new StandingView(plan, memory.open(), clock)));
        } catch (RuntimeException | Error failure) {
            views.forEach(StandingView::close);
            throw failure;
        }
        views.stream().filter(view -> !view.plan().keepsRows()).forEach(prepare);
        return views;
    }

    /** The block of a stream that comes after a step. */
    long startAfter(StepRecord step, OpenStream stream) {
        long id = stream.definition().id();
        LogStart start = stream.log().start();
        if (step.end(id) >= start.lsn()) {
            return step.end(id);
        }
        long oldest = -1;
        try (StepReader reader = log.reader(step.position())) {
            for (StepRecord next = reader.next(); next != null && oldest < 0; next = reader.next()) {
                oldest = next.end(id) >= start.lsn() ? next.position() : -1;
            }
        }
        throw new MillraceException(
                ErrorCode.HISTORY_TRIMMED,
                "the rows of stream \"" + stream.definition().name() + "\" after position " + step.position()
                        + " are not kept any more"
                        + (oldest < 0 ? "" : ": the oldest position to go on after is " + oldest));
    }

    /**
     * The step of a position that has been reached.
     *
     * @throws MillraceException when it is not kept any more
     */
    StepRecord step(long position) {
        log.check();
        StepRecord last = log.last();
        long newest = last == null ? 0 : last.position();
        if (position > newest) {
            throw new MillraceException(
                    ErrorCode.INVALID_PARAMETER,
                    "position " + position + " has not been reached: the last one is " + newest);
        }
        try (StepReader reader = log.reader(position)) {
            StepRecord step = reader.next();
            if (step == null || step.position() != position) {
                String which = step == null ? "" : ": the oldest position to go on after is " + step.position();
                throw new MillraceException(
                                ErrorCode.HISTORY_TRIMMED,
                                "the changes after position " + position + " are not kept any more" + which)
                        .withHint(BEGIN_ANEW);
            }
            return step;
        }
    }
}
