package io.millrace.sqltests.oracle.query;

import java.util.stream.Stream;

/** A scalar expression. */
public interface Expression extends Part<Expression> {
    ValueType type();

    /** By definition, in an environment that is not that of the groups of which this is a key: see {@link Environment#value}. */
    Object value(Environment environment);

    /** Whether it holds an aggregate over the rows of the query that it stands in. */
    default boolean isAggregated() {
        return false;
    }

    /** Literals in place of an expression. */
    static Stream<Expression> literals(ValueType type) {
        return Stream.of(
                new Literal(
                        type, type == ValueType.BOOLEAN ? true : type.samples().get(1)),
                new Literal(type, null),
                new Literal(
                        type, type == ValueType.BOOLEAN ? false : type.samples().get(0)));
    }
}
