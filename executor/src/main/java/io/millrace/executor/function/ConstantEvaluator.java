package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.column.StringColumn;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** The same value in each row. */
final class ConstantEvaluator implements Evaluator {
    private static final int MIN_ROWS = 64;

    private final DataType type;
    private final Column single;

    private Column repeated;
    private int capacity;

    ConstantEvaluator(Constant constant) {
        type = constant.type();
        single = Columns.constant(constant.type(), constant.value(), 1);
        repeated = single;
        capacity = 1;
    }

    /** The value as a column of one row. */
    Column single() {
        return single;
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        int rows = batch.rowCount();
        if (rows == 1) {
            return single;
        }
        if (capacity < rows || repeated == single) {
            capacity = Math.max(rows, Math.min(Column.MAX_ROWS, Math.max(MIN_ROWS, capacity * 2)));
            requireMemory();
            repeated = Columns.repeat(single, 0, capacity);
        }
        resize(repeated, rows);
        return repeated;
    }

    private void requireMemory() {
        if (single instanceof StringColumn text && (long) text.length(0) * capacity > TextBuffer.MAX_BATCH) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "the string values of a batch exceed " + (TextBuffer.MAX_BATCH >> 20) + " MB");
        }
    }

    private static void resize(Column column, int rows) {
        if (column instanceof LongColumn longs) {
            longs.reset(longs.values(), longs.nulls(), rows);
        } else if (column instanceof DoubleColumn doubles) {
            doubles.reset(doubles.values(), doubles.nulls(), rows);
        } else if (column instanceof DecimalColumn decimals) {
            decimals.reset(decimals.high(), decimals.low(), decimals.nulls(), rows);
        } else if (column instanceof StringColumn strings) {
            strings.reset(strings.bytes(), strings.offsets(), strings.nulls(), rows);
        }
    }
}
