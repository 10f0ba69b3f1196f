package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A query in FROM. */
public record QuerySource(Query query, String alias, List<ColumnUse> columns) implements Source {
    @Override
    public String sql() {
        return "(" + query.sql() + ") AS " + alias + " ("
                + columns.stream().map(ColumnUse::name).collect(Collectors.joining(", ")) + ")";
    }

    @Override
    public List<Map<ColumnUse, Object>> rows(Environment environment) {
        List<Map<ColumnUse, Object>> rows = new ArrayList<>();
        for (List<Object> row : query.rows(environment)) {
            Map<ColumnUse, Object> values = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                values.put(columns.get(i), row.get(i));
            }
            rows.add(values);
        }
        return rows;
    }

    @Override
    public Stream<Source> smaller() {
        return query.smaller().map(less -> new QuerySource(less, alias, columns));
    }
}
