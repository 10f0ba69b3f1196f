package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows in the text. */
public record ValuesQuery(List<List<Expression>> tuples) implements Query {
    @Override
    public List<ValueType> types() {
        return tuples.get(0).stream().map(Expression::type).toList();
    }

    @Override
    public String sql() {
        return tuples.stream()
                .map(tuple -> tuple.stream().map(Part::sql).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", ", "VALUES ", ""));
    }

    @Override
    public List<List<Object>> rows(Environment environment) {
        List<List<Object>> rows = new ArrayList<>();
        for (List<Expression> tuple : tuples) {
            List<Object> row = new ArrayList<>();
            tuple.forEach(value -> row.add(environment.value(value)));
            rows.add(row);
        }
        return rows;
    }

    @Override
    public Stream<Query> smaller() {
        return Part.shorter(tuples).map(ValuesQuery::new);
    }
}
