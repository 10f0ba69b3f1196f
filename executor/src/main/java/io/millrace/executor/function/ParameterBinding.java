package io.millrace.executor.function;

import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.Expression;
import io.millrace.plan.ExpressionVisitor;
import io.millrace.plan.Parameter;

/** Makes parameter i column i of the input, so that a statement runs over many rows of parameters at once. */
final class ParameterBinding implements ExpressionVisitor<Expression> {
    @Override
    public Expression visitColumn(ColumnReference column) {
        return column;
    }

    @Override
    public Expression visitConstant(Constant constant) {
        return constant;
    }

    @Override
    public Expression visitParameter(Parameter parameter) {
        return new ColumnReference(parameter.index(), parameter.type());
    }

    @Override
    public Expression visitCall(Call call) {
        return new Call(
                call.function(),
                call.arguments().stream().map(each -> each.accept(this)).toList(),
                call.type());
    }
}
