package io.millrace.sqltests.oracle.query;

import java.util.List;
import java.util.stream.Stream;

/** A query of one column as a value. */
public record ScalarSubQuery(Query query, ValueType type) implements Expression {
    @Override
    public String sql() {
        return "(" + query.sql() + ")";
    }

    @Override
    public Object value(Environment environment) {
        List<List<Object>> rows = query.rows(environment);
        if (rows.size() > 1) {
            throw new NoAnswerException("more than one row");
        }
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    @Override
    public Stream<Expression> smaller() {
        return Stream.concat(Expression.literals(type), query.smaller().map(less -> new ScalarSubQuery(less, type)));
    }
}
