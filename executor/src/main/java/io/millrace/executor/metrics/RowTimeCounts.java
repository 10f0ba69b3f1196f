package io.millrace.executor.metrics;

/**
 * Rows of a stream that say something about its producers' clocks.
 *
 * @param late whose time was below the watermark before them
 * @param nullTime whose time was NULL
 * @param future too far ahead of the clock to move the watermark
 */
public record RowTimeCounts(long late, long nullTime, long future) {
    public static final RowTimeCounts ZERO = new RowTimeCounts(0, 0, 0);
}
