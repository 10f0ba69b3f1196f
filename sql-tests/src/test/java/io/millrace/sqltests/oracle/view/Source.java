package io.millrace.sqltests.oracle.view;

import io.millrace.sqltests.oracle.generate.SampleTable;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table or stream that statements change.
 *
 * @param key the column that is the primary key; negative: none
 * @param delay of the watermark, in seconds, of a stream whose first column is its time; negative: none
 */
record Source(String name, boolean stream, List<Column> columns, int key, int delay) {
    /**
     * A column.
     *
     * @param type null: one that typed queries do not know
     * @param samples its values, as literals
     */
    record Column(String name, String sql, ValueType type, boolean notNull, List<String> samples) {}

    String create() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            parts.add(column.name() + " " + column.sql()
                    + (i == key ? " PRIMARY KEY" : column.notNull() ? " NOT NULL" : ""));
        }
        if (delay >= 0) {
            String time = columns.get(0).name();
            parts.add("WATERMARK FOR " + time + " AS " + time + " - INTERVAL '" + delay + "' SECOND");
        }
        return "CREATE " + (stream ? "STREAM " : "TABLE ") + name + " (" + String.join(", ", parts) + ")";
    }

    String drop() {
        return "DROP " + (stream ? "STREAM" : "TABLE") + " IF EXISTS " + name + " CASCADE";
    }

    /** As typed queries see it; null when they cannot. */
    SampleTable sample() {
        return columns.stream().anyMatch(column -> column.type() == null)
                ? null
                : new SampleTable(
                        name,
                        stream,
                        columns.stream()
                                .map(column -> new SampleTable.Column(column.name(), column.type(), column.notNull()))
                                .toList(),
                        key,
                        List.of());
    }

    String names() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
