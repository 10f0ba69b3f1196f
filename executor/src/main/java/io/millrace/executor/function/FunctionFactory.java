package io.millrace.executor.function;

import io.millrace.plan.Call;

/** Makes the kernel for a call by the types of its arguments. */
interface FunctionFactory {
    /** None of the arguments is a constant NULL if the function is strict. */
    Evaluator create(Call call, ExpressionCompiler compiler);
}
