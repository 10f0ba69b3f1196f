package io.millrace.executor.function;

import io.millrace.executor.column.ArrayReader;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;

/** The functions of arrays, but for those that have a file of their own. */
final class ArrayFunctions {
    private ArrayFunctions() {}

    static Evaluator cardinality(Call call, ExpressionCompiler compiler) {
        Operand array = compiler.operand(call.arguments().get(0));
        ArrayReader reader = new ArrayReader(array.type.elementType());
        return new LongFunction(
                call.type(),
                (x, row) -> {
                    reader.reset(x[0].bytes, x[0].start(row), x[0].end(row));
                    return reader.count();
                },
                array);
    }

    static Evaluator cast(Operand source, DataType target) {
        DataType from = source.type;
        if (!from.isArray()) {
            throw Casts.unsupported(from, target);
        }
        Evaluator cast = Casts.cast(new Operand(new ColumnEvaluator(0, from.elementType())), target.elementType());
        return cast instanceof Retyped
                        && from.elementType().storage() == target.elementType().storage()
                ? new Retyped(source.evaluator, target)
                : new ArrayCast(target, source, cast);
    }
}
