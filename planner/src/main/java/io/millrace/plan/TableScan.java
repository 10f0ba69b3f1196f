package io.millrace.plan;

import java.util.List;

/**
 * Reads the rows of a table at one version.
 *
 * @param tableId identifies the table for ever; the name is for people
 * @param columns the table's columns that are wanted, in the order of {@code rowType}
 */
public record TableScan(long tableId, String tableName, List<Integer> columns, RowType rowType) implements PlanNode {
    public TableScan {
        columns = List.copyOf(columns);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitTableScan(this);
    }
}
