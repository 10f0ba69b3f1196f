package io.millrace.executor.function;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.NullBits;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.Arrays;

/** Puts one column together from rows of several, as CASE and COALESCE do. */
final class Branches {
    private static final int NONE = -1;

    private final Column[] columns;
    private final ColumnBuilder builder;
    private final DataType.Storage storage;

    private int[] chosen = {};
    private long[] longs = {};
    private double[] doubles = {};
    private long[] nulls = {};
    private int rowCount;
    private final LongColumn longResult = new LongColumn(longs, null, 0);
    private final DoubleColumn doubleResult = new DoubleColumn(doubles, null, 0);

    Branches(DataType type, int count) {
        columns = new Column[count];
        builder = ColumnBuilder.of(type);
        storage = type.storage();
    }

    void start(int newRowCount) {
        rowCount = newRowCount;
        switch (storage) {
            case LONG -> longs = longs.length < rowCount ? new long[rowCount] : longs;
            case DOUBLE -> doubles = doubles.length < rowCount ? new double[rowCount] : doubles;
            default -> {
                chosen = chosen.length < rowCount ? new int[rowCount] : chosen;
                Arrays.fill(chosen, 0, rowCount, NONE);
            }
        }
        nulls = NullBits.ensure(nulls, rowCount);
        NullBits.setAll(nulls, rowCount);
    }

    /** Row r of {@code column} is the result for each row r of {@code rows}. */
    void take(int branch, Column column, Selection rows) {
        int[] taken = rows.rows();
        int count = rows.count();
        if (column instanceof LongColumn numbers) {
            long[] values = numbers.values();
            for (int i = 0; i < count; i++) {
                longs[taken[i]] = values[taken[i]];
            }
        } else if (column instanceof DoubleColumn numbers) {
            double[] values = numbers.values();
            for (int i = 0; i < count; i++) {
                doubles[taken[i]] = values[taken[i]];
            }
        } else {
            columns[branch] = column;
            for (int i = 0; i < count; i++) {
                chosen[taken[i]] = branch;
            }
        }
        boolean hasNulls = column.hasNulls();
        for (int i = 0; i < count; i++) {
            if (!hasNulls || !column.isNull(taken[i])) {
                NullBits.clear(nulls, taken[i]);
            }
        }
    }

    /** The rows that no branch has given are NULL. */
    Column finish() {
        long[] bits = NullBits.any(nulls, rowCount) ? nulls : null;
        if (storage == DataType.Storage.LONG) {
            longResult.reset(longs, bits, rowCount);
            return longResult;
        }
        if (storage == DataType.Storage.DOUBLE) {
            doubleResult.reset(doubles, bits, rowCount);
            return doubleResult;
        }
        for (int row = 0; row < rowCount; row++) {
            int branch = chosen[row];
            if (branch == NONE) {
                builder.appendNull();
            } else {
                builder.append(columns[branch], row);
            }
        }
        return builder.build();
    }
}
