package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import java.util.List;

/** Tells by how far rows that are about to be appended move the watermark of their stream. Called by one thread. */
public interface BlockWatermark {
    /**
     * The highest value of the watermark expression over rows {@code from} (inclusive) to {@code to} (exclusive), leaving
     * out NULLs and rows too far ahead of {@code appendTime}; {@code Watermarks.NONE} when no row counts.
     *
     * @param columns the declared columns, of at most {@link Column#MAX_ROWS} rows
     * @param appendTime in microseconds since the epoch
     */
    long highest(List<Column> columns, int from, int to, long appendTime);
}
