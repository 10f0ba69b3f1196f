package io.millrace.plan;

import org.jspecify.annotations.Nullable;

/**
 * A column of a query's result, as metadata describes it.
 *
 * @param label the name in the result: alias, column name or text of the expression
 * @param table the stream the column comes from unchanged; null for an expression
 * @param column its name there; null for an expression
 */
public record OutputColumn(
        String label,
        DataType type,
        @Nullable String table,
        @Nullable String column) {
    public OutputColumn(String label, DataType type) {
        this(label, type, null, null);
    }

    public OutputColumn withType(DataType newType) {
        return new OutputColumn(label, newType, table, column);
    }
}
