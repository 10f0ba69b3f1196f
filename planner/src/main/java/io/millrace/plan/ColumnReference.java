package io.millrace.plan;

/** Column {@code index} (from 0) of the input. */
public record ColumnReference(int index, DataType type) implements Expression {
    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitColumn(this);
    }
}
