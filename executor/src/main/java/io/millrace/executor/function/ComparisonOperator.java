package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.plan.ScalarFunction;

/** The six comparisons, as the set of orders that they accept: bit 0 less, bit 1 equal, bit 2 greater. */
enum ComparisonOperator {
    EQUALS(0b010),
    NOT_EQUALS(0b101),
    LESS(0b001),
    LESS_OR_EQUAL(0b011),
    GREATER(0b100),
    GREATER_OR_EQUAL(0b110);

    private final int accepted;

    ComparisonOperator(int accepted) {
        this.accepted = accepted;
    }

    static ComparisonOperator of(ScalarFunction function) {
        return switch (function) {
            case EQUALS -> EQUALS;
            case NOT_EQUALS -> NOT_EQUALS;
            case LESS -> LESS;
            case LESS_OR_EQUAL -> LESS_OR_EQUAL;
            case GREATER -> GREATER;
            case GREATER_OR_EQUAL -> GREATER_OR_EQUAL;
            default -> throw MillraceException.internal(function + " is no comparison");
        };
    }

    /** The operator for exchanged operands. */
    ComparisonOperator mirrored() {
        return switch (this) {
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            default -> this;
        };
    }

    boolean isEquality() {
        return this == EQUALS || this == NOT_EQUALS;
    }

    /** 1 when an order ({@code < 0, 0, > 0}) satisfies the operator, else 0. */
    int test(int order) {
        return (accepted >>> (Integer.signum(order) + 1)) & 1;
    }
}
