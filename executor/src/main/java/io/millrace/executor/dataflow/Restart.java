package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.circuit.PlanShape;
import io.millrace.executor.dataflow.Recovery.Recovered;
import io.millrace.executor.time.EngineClock;
import io.millrace.plan.PlanNode;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings views back after the engine has ended: as a checkpoint has them, and then by the steps that were made after it. For the
 * thread of the dataflow, but for what says otherwise.
 */
final class Restart {
    private static final Logger LOGGER = LoggerFactory.getLogger(Restart.class);

    private final EngineClock clock;
    private final DataflowSteps steps;
    private final RecoveredSteps source;
    private final @Nullable Recovery recovery;
    private final @Nullable Checkpointer checkpointer;

    private volatile RecoveryStatus status = RecoveryStatus.NONE;

    /**
     * @param source of the steps
     * @param recovery null when there are no checkpoints
     * @param checkpointer is told what the checkpoint has; null when there are none
     */
    Restart(
            EngineClock clock,
            DataflowSteps steps,
            RecoveredSteps source,
            @Nullable Recovery recovery,
            @Nullable Checkpointer checkpointer) {
        this.clock = clock;
        this.steps = steps;
        this.source = source;
        this.recovery = recovery;
        this.checkpointer = checkpointer;
    }

    /** What was there. On any thread. */
    RecoveryStatus status() {
        return status;
    }

    /**
     * Adds those of the views whose states a checkpoint has.
     *
     * @param plans each after those that it reads
     */
    void run(List<ViewPlan> plans) {
        long began = clock.nanoTime();
        Recovery saved = recovery;
        if (saved != null) {
            saved.begin();
        }
        Recovered recovered = saved == null || plans.isEmpty() ? null : saved.recover(plans, Long.MAX_VALUE);
        status = new RecoveryStatus(-1, plans.size(), 0, 0, steps.published().position(), 0);
        if (recovered == null || saved == null) {
            return;
        }
        if (!plans.stream().allMatch(Restart::isIndependentOfSteps)) {
            repeat(recovered, plans, began, false);
        } else if (!repeat(recovered, plans, began, true)) {
            repeat(Objects.requireNonNull(saved.recover(plans, Long.MAX_VALUE)), plans, began, false);
        }
    }

    /** Whether what its steps are does not matter for what it has after them: it takes the rows of one log, in their order. */
    private static boolean isIndependentOfSteps(ViewPlan plan) {
        PlanNode root = plan.query().root();
        return PlanShape.isOneAggregate(root) && Feed.logsOf(root).size() == 1;
    }

    /**
     * Makes the steps after a checkpoint again.
     *
     * @param merges whether many at once, which is faster
     * @return false when that does not give what it gave: the views are gone again
     */
    private boolean repeat(Recovered recovered, List<ViewPlan> plans, long began, boolean merges) {
        Set<Long> restored = Set.copyOf(recovered.views().keySet());
        steps.restore(recovered.inOrder(plans), recovered.position(), recovered.cut());
        source.repeat(recovered.steps(), restored, steps::isLive, merges);
        try {
            while (source.isRepeating()) {
                steps.step();
            }
        } catch (MillraceException differs) {
            if (!merges) {
                throw differs;
            }
        }
        if (merges && (source.isRepeating() || !restored.stream().allMatch(steps::isLive))) {
            LOGGER.warn("the steps after checkpoint {} are made again one by one", recovered.position());
            source.stop();
            steps.remove(restored);
            return false;
        }
        if (merges) {
            steps.beginHistory(); // what it is now has several steps in one
        }
        if (checkpointer != null && recovery != null) {
            checkpointer.restored(recovered.position(), recovered.views(), recovery.present(recovered.position()));
        }
        RecoveryStatus made = new RecoveryStatus(
                recovered.position(),
                plans.size(),
                recovered.views().size(),
                source.repeated(),
                steps.published().position(),
                (clock.nanoTime() - began) / 1_000_000);
        status = made;
        LOGGER.info(
                "{} of {} views are there as of checkpoint {}, and {} steps after it have been made again, in {} ms",
                made.restoredViews(),
                made.views(),
                made.checkpoint(),
                made.repeatedSteps(),
                made.millis());
        return true;
    }
}
