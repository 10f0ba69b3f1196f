package io.millrace.sqltests.oracle.query;

import java.util.stream.Stream;

/** A constant. */
public record Literal(ValueType type, Object value) implements Expression {
    @Override
    public String sql() {
        return type == ValueType.BOOLEAN && value != null ? value.toString().toUpperCase() : type.literal(value);
    }

    @Override
    public Object value(Environment environment) {
        return value;
    }

    @Override
    public Stream<Expression> smaller() {
        return Stream.of();
    }
}
