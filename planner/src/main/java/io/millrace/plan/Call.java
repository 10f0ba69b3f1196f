package io.millrace.plan;

import java.util.List;

/**
 * A function applied to arguments.
 *
 * <p>The planner has made operands agree: both sides of a comparison have one kind (and, for DECIMAL, one scale), all
 * branches of CASE and COALESCE have the result's type, operands of + - and MODULO have the result's type (but for
 * datetime and interval arithmetic). DECIMAL operands of * and / keep their own scales.
 */
public record Call(ScalarFunction function, List<Expression> arguments, DataType type) implements Expression {
    public Call {
        arguments = List.copyOf(arguments);
    }

    public static Call of(ScalarFunction function, DataType type, Expression... arguments) {
        return new Call(function, List.of(arguments), type);
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitCall(this);
    }
}
