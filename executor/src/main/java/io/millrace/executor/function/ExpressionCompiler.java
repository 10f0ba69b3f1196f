package io.millrace.executor.function;

import io.millrace.plan.Expression;

/** Compiles expressions to trees of column kernels. */
public final class ExpressionCompiler {
    private final EvaluationContext context;

    public ExpressionCompiler(EvaluationContext context) {
        this.context = context;
    }

    /** Parameters must have been bound. */
    public Evaluator compile(Expression expression) {
        throw new UnsupportedOperationException("compile " + expression + context);
    }

    /** {@code condition} is BOOLEAN. */
    public Predicate compilePredicate(Expression condition) {
        throw new UnsupportedOperationException("compile " + condition);
    }
}
