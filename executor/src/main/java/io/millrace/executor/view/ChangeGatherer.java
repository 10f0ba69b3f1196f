package io.millrace.executor.view;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.FilterProject;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.WindowAggregate;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of the circuit of a query whose result is kept: gathers the changes of a step, and gives them consolidated. For one
 * thread at a time.
 */
public final class ChangeGatherer implements Operator {
    private static final long PART_ROWS = 16 * Column.MAX_ROWS;

    private final boolean isAppendOnly;
    private final boolean isPaired;
    private final Consolidation consolidation;
    private final DeltaBuilder gathered;
    private final LongSupplier heldBytes;

    private @Nullable Consumer<Delta> early;
    private @Nullable Consumer<Delta> whole;

    /** @param heldBytes of the rows that the changes are made in */
    public ChangeGatherer(StandingQuery query, LongSupplier heldBytes) {
        isAppendOnly = query.appendOnly();
        isPaired = query.key() != null && isPaired(query.root());
        consolidation = new Consolidation(query.root().rowType().types(), isAppendOnly ? null : query.key());
        gathered = new DeltaBuilder(query.root().rowType().types());
        this.heldBytes = heldBytes;
    }

    /** Rows that only come are given to the taker block by block from now on, and not at the end of the step; null: no more. */
    public void early(@Nullable Consumer<Delta> taker) {
        early = taker;
    }

    /** The whole result is going to be given anew, and goes to the taker part by part; null: that is over. */
    public void whole(@Nullable Consumer<Delta> taker) {
        Consumer<Delta> before = whole;
        if (before != null && gathered.size() > 0) {
            before.accept(take());
        }
        whole = taker;
    }

    @Override
    public void push(Batch batch) {
        gathered.append(batch);
        Consumer<Delta> all = whole;
        if (all != null && gathered.size() >= PART_ROWS) {
            all.accept(take());
        }
        Consumer<Delta> taker = early;
        if (isAppendOnly && taker != null && gathered.size() >= Column.MAX_ROWS) {
            taker.accept(gathered.build());
        }
    }

    /** How many have been gathered. */
    public long size() {
        return gathered.size();
    }

    /** The net changes gathered since the last call. */
    public Delta take() {
        Delta gross = gathered.build();
        if (gross.isEmpty() || isAppendOnly) {
            return gross;
        }
        return isPaired ? consolidation.ofPaired(gross) : consolidation.of(gross);
    }

    /** Whether each key goes and comes at most once in a step, one right after the other, as an aggregate gives them. */
    private static boolean isPaired(PlanNode node) {
        return node instanceof FilterProject project
                ? isPaired(project.input())
                : node instanceof HashAggregate || node instanceof WindowAggregate;
    }

    @Override
    public void advance(Watermarks watermarks) {}

    @Override
    public void endStep() {}

    @Override
    public void finish() {}

    @Override
    public long stateBytes() {
        return gathered.bytes() + heldBytes.getAsLong();
    }

    @Override
    public void close() {}
}
