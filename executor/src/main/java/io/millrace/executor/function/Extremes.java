package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Int128;
import io.millrace.executor.column.Selection;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** GREATEST and LEAST: of the arguments that are not NULL; NULL when all are. */
final class Extremes implements Evaluator {
    private final DataType type;
    private final int sign;
    private final Operand[] operands;
    private final ColumnBuilder builder;
    private final ActiveRows active = new ActiveRows();

    Extremes(Call call, ExpressionCompiler compiler) {
        type = call.type();
        sign = call.function() == ScalarFunction.GREATEST ? 1 : -1;
        operands = call.arguments().stream()
                .filter(argument -> !ExpressionCompiler.isNull(argument))
                .map(compiler::operand)
                .toArray(Operand[]::new);
        builder = ColumnBuilder.of(type);
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        int rows = batch.rowCount();
        for (Operand operand : operands) {
            operand.load(batch, selection);
        }
        active.find(rows, selection, null);
        int next = 0;
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            next = fillTo(row, next) + 1;
            append(best(row), row);
        }
        fillTo(rows, next);
        return builder.build();
    }

    /** Rows that are not selected. */
    private int fillTo(int row, int next) {
        for (int i = next; i < row; i++) {
            builder.appendNull();
        }
        return row;
    }

    private @Nullable Operand best(int row) {
        Operand best = null;
        for (Operand operand : operands) {
            boolean better = !operand.isNull(row) && (best == null || order(operand, best, row) * sign > 0);
            best = better ? operand : best;
        }
        return best;
    }

    private void append(@Nullable Operand chosen, int row) {
        if (chosen == null) {
            builder.appendNull();
            return;
        }
        switch (type.storage()) {
            case LONG -> builder.appendLong(chosen.longAt(row));
            case DOUBLE -> builder.appendDouble(chosen.doubleAt(row));
            case BYTES -> builder.appendBytes(chosen.bytes, chosen.start(row), chosen.length(row));
            case DECIMAL128 -> builder.appendDecimal(chosen.highAt(row), chosen.longAt(row));
        }
    }

    private int order(Operand a, Operand b, int row) {
        return switch (type.storage()) {
            case LONG, DECIMAL128 -> Int128.compare(a.highAt(row), a.longAt(row), b.highAt(row), b.longAt(row));
            // + 0.0 makes the zeros equal; NaN is the greatest
            case DOUBLE -> Double.compare(a.doubleAt(row) + 0.0, b.doubleAt(row) + 0.0);
            case BYTES ->
                Integer.signum(
                        Arrays.compareUnsigned(a.bytes, a.start(row), a.end(row), b.bytes, b.start(row), b.end(row)));
        };
    }
}
