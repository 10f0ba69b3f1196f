package io.millrace.executor.circuit;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.operator.Operator;
import io.millrace.executor.time.Watermarks;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind the windows of a query that began in the middle of the log, and drops those that had closed before:
 * the query may have read only a part of their rows. Linear.
 */
final class StartGate implements Operator {
    private final int endColumn;
    private final long closedBefore;
    private final Operator output;
    private final Selection open = new Selection();

    /** @param closedBefore the watermark when the query began */
    StartGate(int endColumn, long closedBefore, Operator output) {
        this.endColumn = endColumn;
        this.closedBefore = closedBefore;
        this.output = output;
    }

    @Override
    public void push(Batch batch) {
        long[] ends = ((LongColumn) batch.column(endColumn)).values();
        Selection selection = batch.selection();
        int selected = batch.selectedCount();
        int[] rows = open.rows();
        int count = 0;
        for (int i = 0; i < selected; i++) {
            int row = selection == null ? i : selection.rows()[i];
            rows[count] = row;
            count += ends[row] > closedBefore ? 1 : 0;
        }
        if (count == selected) {
            output.push(batch);
        } else if (count > 0) {
            open.count(count);
            output.push(new Gated(batch, open));
        }
    }

    @Override
    public void advance(Watermarks watermarks) {
        output.advance(watermarks);
    }

    @Override
    public void endStep() {
        output.endStep();
    }

    @Override
    public void finish() {
        output.finish();
    }

    @Override
    public long stateBytes() {
        return output.stateBytes();
    }

    @Override
    public boolean isDone() {
        return output.isDone();
    }

    @Override
    public void close() {
        output.close();
    }

    private record Gated(Batch input, Selection open) implements Batch {
        @Override
        public int rowCount() {
            return input.rowCount();
        }

        @Override
        public Column column(int index) {
            return input.column(index);
        }

        @Override
        public @Nullable Selection selection() {
            return open;
        }

        @Override
        public long @Nullable [] weights() {
            return input.weights();
        }
    }
}
