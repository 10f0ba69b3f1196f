package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.RowType;
import java.util.ArrayList;
import java.util.List;

/** The end of a chain under test: keeps the rows that it is given, and what else it is told. */
final class CollectingOperator implements Operator {
    private final RowType rowType;
    final List<List<Object>> rows = new ArrayList<>();
    final List<Integer> batchSizes = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    boolean isDone;

    CollectingOperator(RowType rowType) {
        this.rowType = rowType;
    }

    /** The rows that have come since the last call. */
    List<List<Object>> take() {
        List<List<Object>> taken = List.copyOf(rows);
        rows.clear();
        return taken;
    }

    @Override
    public void push(Batch batch) {
        int[] selected = RowNumbers.of(batch);
        calls.add("push");
        batchSizes.add(batch.selectedCount());
        for (int i = 0; i < batch.selectedCount(); i++) {
            List<Object> row = new ArrayList<>();
            for (int column = 0; column < rowType.size(); column++) {
                row.add(ColumnValues.value(batch.column(column), selected[i], rowType.type(column)));
            }
            rows.add(row);
        }
    }

    @Override
    public void advance(Watermarks watermarks) {
        calls.add("advance");
    }

    @Override
    public void endStep() {
        calls.add("endStep");
    }

    @Override
    public void finish() {
        calls.add("finish");
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
