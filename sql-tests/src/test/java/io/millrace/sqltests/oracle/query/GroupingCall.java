package io.millrace.sqltests.oracle.query;

import java.util.stream.Stream;

/** Whether a key is not one of the group: 1, or 0. */
public record GroupingCall(Expression key) implements Expression {
    @Override
    public ValueType type() {
        return ValueType.BIGINT;
    }

    @Override
    public String sql() {
        return "GROUPING(" + key.sql() + ")";
    }

    @Override
    public Object value(Environment environment) {
        return environment.isGroupedBy(key) ? 0L : 1L;
    }

    @Override
    public Stream<Expression> smaller() {
        return Expression.literals(type());
    }
}
