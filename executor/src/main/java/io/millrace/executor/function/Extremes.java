package io.millrace.executor.function;

import io.millrace.executor.column.Int128;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import java.util.Arrays;

/** GREATEST and LEAST. */
final class Extremes {
    private Extremes() {}

    static Evaluator of(Call call, ExpressionCompiler compiler) {
        int sign = call.function() == ScalarFunction.GREATEST ? 1 : -1;
        DataType type = call.type();
        Operand[] operands = compiler.operands(call);
        return switch (type.storage()) {
            case LONG -> new LongFunction(type, (x, row) -> x[best(x, row, sign)].longAt(row), operands);
            case DOUBLE -> new DoubleFunction(type, (x, row) -> x[best(x, row, sign)].doubleAt(row), operands);
            case BYTES ->
                new TextFunction(
                        type,
                        (x, row, out) -> {
                            Operand chosen = x[best(x, row, sign)];
                            out.append(chosen.bytes, chosen.start(row), chosen.end(row));
                        },
                        operands);
            case DECIMAL128 ->
                new DecimalFunction(
                        type,
                        (x, row, out) -> {
                            Operand chosen = x[best(x, row, sign)];
                            out.set(chosen.highAt(row), chosen.longAt(row));
                        },
                        operands);
        };
    }

    private static int best(Operand[] x, int row, int sign) {
        int best = 0;
        for (int i = 1; i < x.length; i++) {
            if (order(x[i], x[best], row) * sign > 0) {
                best = i;
            }
        }
        return best;
    }

    private static int order(Operand a, Operand b, int row) {
        return switch (a.type.storage()) {
            case LONG, DECIMAL128 -> Int128.compare(a.highAt(row), a.longAt(row), b.highAt(row), b.longAt(row));
            // + 0.0 makes the zeros equal; NaN is the greatest
            case DOUBLE -> Double.compare(a.doubleAt(row) + 0.0, b.doubleAt(row) + 0.0);
            case BYTES ->
                Integer.signum(
                        Arrays.compareUnsigned(a.bytes, a.start(row), a.end(row), b.bytes, b.start(row), b.end(row)));
        };
    }
}
