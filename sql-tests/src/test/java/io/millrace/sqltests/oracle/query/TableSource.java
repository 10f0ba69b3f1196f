package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A table, a stream, or what WITH names. */
public record TableSource(String table, String alias, List<ColumnUse> columns) implements Source {
    @Override
    public String sql() {
        return table + " AS " + alias;
    }

    @Override
    public List<Map<ColumnUse, Object>> rows(Environment environment) {
        Relation relation = environment.relation(table);
        List<Map<ColumnUse, Object>> rows = new ArrayList<>();
        for (List<Object> row : relation.rows()) {
            Map<ColumnUse, Object> values = new HashMap<>();
            for (ColumnUse column : columns) {
                values.put(column, row.get(relation.names().indexOf(column.name())));
            }
            rows.add(values);
        }
        return rows;
    }

    @Override
    public Stream<Source> smaller() {
        return Stream.of();
    }
}
