package io.millrace.plan;

/** A scalar expression over the columns of one input. Immutable. */
public sealed interface Expression permits ColumnReference, Constant, Parameter, Call {
    DataType type();

    <R> R accept(ExpressionVisitor<R> visitor);
}
