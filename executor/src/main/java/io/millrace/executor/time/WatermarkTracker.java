package io.millrace.executor.time;

import io.millrace.catalog.WatermarkDefinition;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.function.Evaluator;
import io.millrace.executor.function.ExpressionCompiler;
import org.jspecify.annotations.Nullable;

/**
 * Computes the watermark of a stream row by row: the running maximum of the watermark expression, leaving out rows whose
 * time is NULL or further ahead of their append time than the stream's MAX FUTURE SKEW.
 *
 * <p>A function of the rows alone, so that an append, a live query and a replay agree. A row for which the expression
 * has no value (it is NULL, overflows or fails) does not count either. For one thread at a time.
 */
public final class WatermarkTracker {
    private final WatermarkDefinition definition;
    private final @Nullable Evaluator expression;
    private final StepTime time = new StepTime(0);

    private final Selection single = new Selection(1);
    private long[] running = new long[0];
    private long lateRows;
    private long nullTimeRows;
    private long futureRows;

    public WatermarkTracker(WatermarkDefinition definition) {
        this.definition = definition;
        this.expression =
                definition.delay() >= 0 ? null : new ExpressionCompiler(time).compile(definition.expression());
    }

    /**
     * The watermark after each of the rows {@code from} (inclusive) to {@code to} (exclusive) of a batch without
     * selection.
     *
     * @param before the watermark before row {@code from}
     * @return indexed by row from {@code from} at 0; valid until the next call
     */
    public long[] track(Batch rows, int from, int to, long appendTime, long before) {
        return track(rows, from, to, appendTime, before, Watermarks.NONE);
    }

    /** As above, but rows below {@code floor} are late as well, though it does not count for the watermark. */
    public long[] track(Batch rows, int from, int to, long appendTime, long before, long floor) {
        if (running.length < to - from) {
            running = new long[to - from];
        }
        time.set(appendTime);
        LongColumn times = (LongColumn) rows.column(definition.timeColumn());
        LongColumn computed = expression == null ? null : values(expression, rows);
        long[] values = times.values();
        long latest = saturatedAdd(appendTime, definition.maxFutureSkew());
        boolean hasNulls = times.hasNulls();
        long watermark = before;
        for (int row = from; row < to; row++) {
            if (hasNulls && times.isNull(row)) {
                nullTimeRows++;
            } else if (values[row] > latest) {
                futureRows++;
            } else {
                lateRows += values[row] < Math.max(watermark, floor) ? 1 : 0;
                watermark = Math.max(watermark, valueAt(rows, row, values[row], computed));
            }
            running[row - from] = watermark;
        }
        return running;
    }

    /** Rows tracked so far whose time was below the watermark before them. */
    public long lateRows() {
        return lateRows;
    }

    public long nullTimeRows() {
        return nullTimeRows;
    }

    public long futureRows() {
        return futureRows;
    }

    private long valueAt(Batch rows, int row, long rowTime, @Nullable LongColumn computed) {
        if (expression == null) {
            return saturatedAdd(rowTime, -definition.delay());
        }
        if (computed != null) {
            return computed.isNull(row) ? Watermarks.NONE : computed.get(row);
        }
        return singleValue(expression, rows, row);
    }

    /** The values of all rows; null when some row has none, so that each must be tried alone. */
    private static @Nullable LongColumn values(Evaluator expression, Batch rows) {
        try {
            return (LongColumn) expression.evaluate(rows, null);
        } catch (MillraceException someRowHasNone) {
            return null;
        }
    }

    private long singleValue(Evaluator evaluator, Batch rows, int row) {
        single.rows()[0] = row;
        single.count(1);
        try {
            Column value = evaluator.evaluate(rows, single);
            return value.isNull(row) ? Watermarks.NONE : ((LongColumn) value).get(row);
        } catch (MillraceException rowHasNone) {
            return Watermarks.NONE;
        }
    }

    private static long saturatedAdd(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Watermarks.NONE : Long.MAX_VALUE;
        }
        return sum;
    }
}
