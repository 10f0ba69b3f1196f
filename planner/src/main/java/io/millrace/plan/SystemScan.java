package io.millrace.plan;

import java.util.List;

/**
 * Reads the rows of a system table, made when the query starts.
 *
 * @param tableName without the schema
 * @param columns the table's columns that are wanted, in the order of {@code rowType}
 */
public record SystemScan(String tableName, List<Integer> columns, RowType rowType) implements PlanNode {
    public SystemScan {
        columns = List.copyOf(columns);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitSystemScan(this);
    }
}
