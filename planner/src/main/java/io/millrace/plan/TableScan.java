package io.millrace.plan;

import java.util.List;

/**
 * Reads the rows of a table, or of a materialized view, at one version.
 *
 * @param tableId identifies the table or view for ever; the name is for people
 * @param columns the table's columns that are wanted, in the order of {@code rowType}; one past its last column stands for
 *     the numbers of the rows, by which statements that change the table name them
 * @param key when not empty, only the row is read whose key has these values: one for each column of the key, in
 *     its order, of the type of the column or of an integer type like it; expressions of constants and parameters
 */
public record TableScan(
        long tableId, String tableName, Source source, List<Integer> columns, List<Expression> key, RowType rowType)
        implements PlanNode {
    /** What the rows are kept by. */
    public enum Source {
        TABLE,
        VIEW,
        /** A materialized view whose rows only ever come. */
        APPEND_ONLY_VIEW
    }

    /** The name of the column that holds the numbers of the rows. */
    public static final String ROW = "$row";

    public static final DataType ROW_TYPE = DataType.of(DataType.Kind.BIGINT).notNull();

    public TableScan {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** Reads all rows. */
    public TableScan(long tableId, String tableName, Source source, List<Integer> columns, RowType rowType) {
        this(tableId, tableName, source, columns, List.of(), rowType);
    }

    /** Whether the columns wanted are the first ones, in their order. */
    public boolean hasColumnsInOrder() {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) != i) {
                return false;
            }
        }
        return true;
    }

    public TableScan withKey(List<Expression> values) {
        return new TableScan(tableId, tableName, source, columns, values, rowType);
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
