package io.millrace.executor.dataflow;

import io.millrace.executor.circuit.PlanShape;
import io.millrace.executor.dataflow.MergedReplay.Last;
import io.millrace.executor.dataflow.Recovery.Recovered;
import io.millrace.executor.time.EngineClock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
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
    private final StepCuts marks;
    private final @Nullable Recovery recovery;
    private final @Nullable Checkpointer checkpointer;
    private final Executor helper;

    private volatile RecoveryStatus status = RecoveryStatus.NONE;

    /**
     * @param source of the steps
     * @param marks where the steps end that come next
     * @param recovery null when there are no checkpoints
     * @param checkpointer is told what the checkpoint has; null when there are none
     * @param helper takes a part of the work
     */
    Restart(
            EngineClock clock,
            DataflowSteps steps,
            RecoveredSteps source,
            StepCuts marks,
            @Nullable Recovery recovery,
            @Nullable Checkpointer checkpointer,
            Executor helper) {
        this.clock = clock;
        this.steps = steps;
        this.source = source;
        this.marks = marks;
        this.recovery = recovery;
        this.checkpointer = checkpointer;
        this.helper = helper;
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
        marks.forget();
        Recovery saved = recovery;
        if (saved != null) {
            saved.begin();
        }
        Recovered recovered = saved == null || plans.isEmpty()
                ? null
                : saved.recover(plans, Long.MAX_VALUE, independentOfSteps(plans), helper);
        status = new RecoveryStatus(-1, plans.size(), 0, 0, steps.published().position(), 0);
        if (recovered == null || saved == null) {
            return;
        }
        LOGGER.info(
                "{} of {} views are there as of checkpoint {}, after {} ms",
                recovered.views().size(),
                plans.size(),
                recovered.position(),
                (clock.nanoTime() - began) / 1_000_000);
        List<StandingView> merged = recovered.inOrder(plans).stream()
                .filter(view -> view.quietAt() != null)
                .toList();
        Last last = merged.isEmpty() ? null : merge(merged, recovered, saved);
        if (last == null && !merged.isEmpty()) {
            LOGGER.warn("the steps after checkpoint {} are made again one by one", recovered.position());
            recovered.close();
            recovered = saved.recover(plans, Long.MAX_VALUE, Set.of(), helper);
            merged = List.of();
        }
        if (recovered == null) { // then they are computed anew
            return;
        }
        repeat(recovered, plans, merged, last);
        marks.lookBack(steps.published().cut());
        finish(recovered, saved, plans, began, last);
    }

    /**
     * The views of which it does not matter what the steps were, as long as nobody wants to know what each changed: they take the rows of
     * one log, in their order, and put them into groups.
     */
    private static Set<Long> independentOfSteps(List<ViewPlan> plans) {
        Set<Long> read = new HashSet<>();
        plans.forEach(plan -> read.addAll(Feed.viewsOf(plan.query().root())));
        return plans.stream()
                .filter(plan -> !read.contains(plan.id()))
                .filter(plan -> PlanShape.isOneAggregate(plan.query().root()))
                .filter(plan -> Feed.logsOf(plan.query().root()).size() == 1)
                .map(ViewPlan::id)
                .collect(Collectors.toSet());
    }

    /** Null when many steps at once do not give what they gave one by one. */
    private @Nullable Last merge(List<StandingView> views, Recovered recovered, Recovery saved) {
        try (RecordedSteps again = saved.stepsAfter(recovered.position())) {
            try (MergedReplay replay = new MergedReplay(views, recovered.cut(), helper)) {
                Last last = replay.run(again, recovered.position());
                if (last == null) {
                    LOGGER.warn("many steps at once do not give what they gave then", replay.failure());
                }
                return last;
            }
        }
    }

    /**
     * Makes the steps after a checkpoint again.
     *
     * @param merged views that have taken them
     * @param last of these steps; null when there are no such views
     */
    private void repeat(Recovered recovered, List<ViewPlan> plans, List<StandingView> merged, @Nullable Last last) {
        List<StandingView> others = recovered.inOrder(plans).stream()
                .filter(view -> !merged.contains(view))
                .toList();
        Step end = last == null ? null : last.step();
        if (others.isEmpty() && end != null) {
            steps.restore(List.of(), end.position(), end.identity(), end.cut());
        } else {
            steps.restore(others, recovered.position(), recovered.identity(), recovered.cut());
            Set<Long> ids = others.stream().map(StandingView::id).collect(Collectors.toSet());
            source.repeat(recovered.steps(), ids, steps::isLive);
            while (source.isRepeating()) {
                steps.step();
            }
        }
        steps.join(merged, last == null ? List.of() : last.changes());
    }

    private void finish(Recovered recovered, Recovery saved, List<ViewPlan> plans, long began, @Nullable Last last) {
        recovered.steps().close();
        if (checkpointer != null) {
            checkpointer.restored(recovered.position(), recovered.views(), saved.present(recovered));
        }
        RecoveryStatus made = new RecoveryStatus(
                recovered.position(),
                plans.size(),
                recovered.views().size(),
                last == null ? source.repeated() : last.steps(),
                steps.published().position(),
                (clock.nanoTime() - began) / 1_000_000);
        status = made;
        LOGGER.info(
                "{} of {} views are there at position {}: {} steps after checkpoint {} have been made again; all in {} ms",
                made.restoredViews(),
                made.views(),
                made.position(),
                made.repeatedSteps(),
                made.checkpoint(),
                made.millis());
    }
}
