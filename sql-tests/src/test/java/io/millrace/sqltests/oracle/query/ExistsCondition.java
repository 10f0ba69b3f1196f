package io.millrace.sqltests.oracle.query;

import java.util.stream.Stream;

/** Whether a query has a row. */
public record ExistsCondition(Query query) implements Expression {
    @Override
    public ValueType type() {
        return ValueType.BOOLEAN;
    }

    @Override
    public String sql() {
        return "EXISTS (" + query.sql() + ")";
    }

    @Override
    public Object value(Environment environment) {
        return !query.rows(environment).isEmpty();
    }

    @Override
    public Stream<Expression> smaller() {
        return Stream.concat(Expression.literals(type()), query.smaller().map(ExistsCondition::new));
    }
}
