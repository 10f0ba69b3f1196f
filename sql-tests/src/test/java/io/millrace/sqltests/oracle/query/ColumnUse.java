package io.millrace.sqltests.oracle.query;

import java.util.stream.Stream;

/**
 * A column of a source in scope.
 *
 * @param source its alias; of a column that a join shares, the aliases of both with {@code +} between
 */
public record ColumnUse(String source, String name, ValueType type) implements Expression {
    public boolean isShared() {
        return source.contains("+");
    }

    @Override
    public String sql() {
        return isShared() ? name : source + "." + name;
    }

    @Override
    public Object value(Environment environment) {
        return environment.column(this);
    }

    @Override
    public Stream<Expression> smaller() {
        return Expression.literals(type);
    }
}
