package io.millrace.executor.operator;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.LongColumn;
import io.millrace.plan.DataType;

/**
 * Compares and mixes a column of results as they were with one of the same results as they are. Row {@code first + i} of the one
 * and row {@code i} of the other belong together.
 */
final class BeforeAfter {
    private BeforeAfter() {}

    /** Sets those of the first {@code count} marks where the two differ. */
    static void compare(Column before, int first, Column after, int count, boolean[] differs) {
        if (before instanceof LongColumn was && after instanceof LongColumn is && !was.hasNulls() && !is.hasNulls()) {
            long[] old = was.values();
            long[] now = is.values();
            for (int i = 0; i < count; i++) {
                differs[i] |= old[first + i] != now[i];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            differs[i] = differs[i] || !Columns.equal(before, first + i, after, i);
        }
    }

    /**
     * A column of some of both.
     *
     * @param picks i for the result i as it is, ~i for the result i as it was
     */
    static Column pick(DataType type, Column before, int first, Column after, int[] picks, int count) {
        if (before instanceof LongColumn was && after instanceof LongColumn is && !was.hasNulls() && !is.hasNulls()) {
            long[] old = was.values();
            long[] now = is.values();
            long[] picked = new long[count];
            for (int i = 0; i < count; i++) {
                picked[i] = picks[i] < 0 ? old[first + ~picks[i]] : now[picks[i]];
            }
            return new LongColumn(picked, null, count);
        }
        ColumnBuilder picked = ColumnBuilder.of(type, count);
        for (int i = 0; i < count; i++) {
            if (picks[i] < 0) {
                picked.append(before, first + ~picks[i]);
            } else {
                picked.append(after, picks[i]);
            }
        }
        return picked.build();
    }
}
