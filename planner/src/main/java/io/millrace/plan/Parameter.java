package io.millrace.plan;

/** The {@code index}-th (from 0) question mark of a prepared statement; bound to a {@link Constant} before execution. */
public record Parameter(int index, DataType type) implements Expression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitParameter(this);
    }
}
