package io.millrace.executor.operator;

import io.millrace.executor.aggregate.Aggregates;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.state.GroupTable;
import io.millrace.plan.HashAggregate;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds each row of a bounded input to its group and emits all groups at the end, in the order in which they came.
 * Without keys there is one group, also over nothing.
 */
public final class HashAggregateOperator extends Transform {
    private final Grouping grouping;
    private final GroupTable table;
    private final boolean isGlobal;

    public HashAggregateOperator(HashAggregate node, Operator output) {
        super(output);
        grouping = new Grouping(node.input().rowType().types(), node.keys(), node.aggregates(), Aggregates.Use.KEPT);
        table = grouping.pool().take();
        isGlobal = node.keys().isEmpty();
    }

    @Override
    public void push(Batch batch) {
        grouping.add(table, batch, RowNumbers.of(batch), batch.selectedCount());
    }

    @Override
    public void endStep() {
        if (grouping.isSweepDue()) {
            grouping.sweep(List.of(table));
        }
        super.endStep();
    }

    @Override
    public void finish() {
        if (isGlobal) {
            table.onlyGroup();
        }
        int[] groups = new int[Column.MAX_ROWS];
        for (int from = 0; from < table.size() && !output.isDone(); from += Column.MAX_ROWS) {
            int count = Math.min(Column.MAX_ROWS, table.size() - from);
            for (int i = 0; i < count; i++) {
                groups[i] = from + i;
            }
            List<Column> columns = new ArrayList<>();
            grouping.keys(table, groups, 0, count, columns);
            grouping.results(table, groups, 0, count, columns);
            output.push(new ColumnBatch(count, columns));
        }
        super.finish();
    }

    @Override
    public long stateBytes() {
        return table.bytes() + grouping.bytes() + output.stateBytes();
    }
}
