package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnValues;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.ExpressionVisitor;
import io.millrace.plan.Parameter;
import io.millrace.plan.ScalarFunction;
import java.util.List;

/** Compiles expressions to trees of column kernels. */
public final class ExpressionCompiler {
    private static final Batch ONE_ROW = new ColumnBatch(1, List.of());

    /** A longer string is made anew for each batch rather than kept as long as the query runs. */
    private static final int MAX_FOLDED = 1 << 16;

    private final EvaluationContext context;

    public ExpressionCompiler(EvaluationContext context) {
        this.context = context;
    }

    /** Parameters must have been bound. */
    public Evaluator compile(Expression expression) {
        return build(fold(expression));
    }

    /** {@code condition} is BOOLEAN. */
    public Predicate compilePredicate(Expression condition) {
        return buildPredicate(fold(condition));
    }

    EvaluationContext context() {
        return context;
    }

    /** The evaluator of an expression that has been folded. */
    Evaluator build(Expression folded) {
        return folded.accept(new Builder());
    }

    Predicate buildPredicate(Expression folded) {
        if (folded instanceof Call call && call.function() == ScalarFunction.AND) {
            return new AndPredicate(
                    call.arguments().stream().map(this::buildPredicate).toList());
        }
        if (folded instanceof Call call && call.function() == ScalarFunction.OR) {
            return new OrPredicate(
                    call.arguments().stream().map(this::buildPredicate).toList());
        }
        Evaluator evaluator = build(folded);
        return evaluator instanceof Predicate predicate ? predicate : new TruthPredicate(evaluator);
    }

    /** The arguments of a call, ready to be read by a kernel. */
    Operand[] operands(Call call) {
        return call.arguments().stream().map(this::operand).toArray(Operand[]::new);
    }

    Operand operand(Expression folded) {
        return new Operand(build(folded));
    }

    /** Replaces calls with constant arguments by their value, unless it is an error: that is for the rows to raise. */
    private Expression fold(Expression expression) {
        if (!(expression instanceof Call call)) {
            return expression;
        }
        List<Expression> arguments = call.arguments().stream().map(this::fold).toList();
        boolean strict = FunctionRegistry.isStrict(call.function());
        if (strict && arguments.stream().anyMatch(ExpressionCompiler::isNull)) {
            return new Constant(null, call.type());
        }
        Call folded = new Call(call.function(), arguments, call.type());
        boolean constant = call.function() != ScalarFunction.CURRENT_TIMESTAMP
                && call.function() != ScalarFunction.READ_POSITION
                && arguments.stream().allMatch(Constant.class::isInstance);
        return constant ? evaluateConstant(folded) : folded;
    }

    private Expression evaluateConstant(Call call) {
        try {
            Object value = ColumnValues.value(build(call).evaluate(ONE_ROW, null), 0, call.type());
            boolean large = value instanceof String text && text.length() > MAX_FOLDED;
            return large ? call : new Constant(value, call.type());
        } catch (MillraceException error) {
            // the error belongs to the rows that need the value: there may be none
            return call;
        }
    }

    static boolean isNull(Expression expression) {
        return expression.type().kind() == DataType.Kind.NULL
                || (expression instanceof Constant constant && constant.value() == null);
    }

    /** One evaluator per node. */
    private final class Builder implements ExpressionVisitor<Evaluator> {
        @Override
        public Evaluator visitColumn(ColumnReference column) {
            return new ColumnEvaluator(column.index(), column.type());
        }

        @Override
        public Evaluator visitConstant(Constant constant) {
            return new ConstantEvaluator(constant);
        }

        @Override
        public Evaluator visitParameter(Parameter parameter) {
            throw MillraceException.internal("parameter " + parameter.index() + " is not bound");
        }

        @Override
        public Evaluator visitCall(Call call) {
            return FunctionRegistry.factory(call.function()).create(call, ExpressionCompiler.this);
        }
    }
}
