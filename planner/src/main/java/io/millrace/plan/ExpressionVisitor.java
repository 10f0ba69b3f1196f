package io.millrace.plan;

/** One method per kind of expression. */
public interface ExpressionVisitor<R> {
    R visitColumn(ColumnReference column);

    R visitConstant(Constant constant);

    R visitParameter(Parameter parameter);

    R visitCall(Call call);
}
