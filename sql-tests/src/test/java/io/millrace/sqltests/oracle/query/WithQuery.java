package io.millrace.sqltests.oracle.query;

import java.util.List;
import java.util.stream.Stream;

/** A query to which another one is known by name. */
public record WithQuery(String name, List<String> columns, Query definition, Query body) implements Query {
    @Override
    public List<ValueType> types() {
        return body.types();
    }

    @Override
    public String sql() {
        return "WITH " + name + " (" + String.join(", ", columns) + ") AS (" + definition.sql() + ") " + body.sql();
    }

    @Override
    public List<List<Object>> rows(Environment environment) {
        return body.rows(environment.with(name, new Relation(columns, definition.rows(environment))));
    }

    @Override
    public Stream<Query> smaller() {
        return Stream.of(
                        Stream.of(body),
                        definition.smaller().map(less -> (Query) new WithQuery(name, columns, less, body)),
                        body.smaller().map(less -> (Query) new WithQuery(name, columns, definition, less)))
                .flatMap(less -> less);
    }
}
