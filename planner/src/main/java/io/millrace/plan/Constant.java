package io.millrace.plan;

import org.jspecify.annotations.Nullable;

/** A literal; {@code value} is the canonical value of {@link DataType}'s table, null for SQL NULL. */
public record Constant(@Nullable Object value, DataType type) implements Expression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitConstant(this);
    }
}
