package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Selection;
import io.millrace.plan.Limit;

/** Drops the first rows of its input, passes on the next, and is done when it has passed on as many as were asked for. */
public final class LimitOperator extends Transform {
    private final Selection slice = new Selection();

    private long toSkip;
    private long toPass;

    public LimitOperator(Limit node, Operator output) {
        super(output);
        toSkip = node.offset();
        toPass = node.fetch();
    }

    @Override
    public void push(Batch batch) {
        int count = batch.selectedCount();
        int from = (int) Math.min(count, toSkip);
        int passed = (int) Math.min(count - from, toPass);
        toSkip -= from;
        if (passed == 0) {
            return;
        }
        if (toPass != Limit.ALL) {
            toPass -= passed;
        }
        output.push(passed == count ? batch : new SelectedBatch(batch, slice(batch, from, passed)));
    }

    @Override
    public boolean isDone() {
        return toPass == 0 || output.isDone();
    }

    private Selection slice(Batch batch, int from, int count) {
        Selection selection = batch.selection();
        int[] rows = slice.rows();
        for (int i = 0; i < count; i++) {
            rows[i] = selection == null ? from + i : selection.rows()[from + i];
        }
        slice.count(count);
        return slice;
    }
}
