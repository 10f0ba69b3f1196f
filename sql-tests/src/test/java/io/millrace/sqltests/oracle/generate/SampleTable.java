package io.millrace.sqltests.oracle.generate;

import io.millrace.sqltests.oracle.query.Relation;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table or stream and its rows.
 *
 * @param key the column that is the primary key; negative: none
 */
public record SampleTable(String name, boolean stream, List<Column> columns, int key, List<List<Object>> rows) {
    /** A column. */
    public record Column(String name, ValueType type, boolean notNull) {}

    public String create() {
        List<String> definitions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            definitions.add(column.name() + " " + column.type().sql()
                    + (i == key ? " PRIMARY KEY" : column.notNull() ? " NOT NULL" : ""));
        }
        return "CREATE " + kind() + " " + name + " (" + String.join(", ", definitions) + ")";
    }

    public String drop() {
        return "DROP " + kind() + " IF EXISTS " + name;
    }

    private String kind() {
        return stream ? "STREAM" : "TABLE";
    }

    /** Null when there are no rows. */
    public String insert() {
        return rows.isEmpty()
                ? null
                : rows.stream()
                        .map(this::tuple)
                        .collect(Collectors.joining(", ", "INSERT INTO " + name + " VALUES ", ""));
    }

    private String tuple(List<Object> row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            values.add(value == null ? "NULL" : columns.get(i).type().literal(value));
        }
        return "(" + String.join(", ", values) + ")";
    }

    public SampleTable withRows(List<List<Object>> other) {
        return new SampleTable(name, stream, columns, key, other);
    }

    public Relation relation() {
        return new Relation(columns.stream().map(Column::name).toList(), rows);
    }
}
