package io.millrace.executor.time;

/**
 * The two watermarks of a stream, in microseconds since the epoch; {@link #NONE} before any. Neither ever falls.
 *
 * @param eventTime of the stream's WATERMARK; without one the same as {@code rowTime}
 * @param rowTime of the append time
 */
public record Watermarks(long eventTime, long rowTime) {
    public static final long NONE = Long.MIN_VALUE;
    public static final Watermarks INITIAL = new Watermarks(NONE, NONE);
    /** The end of a bounded input: all windows close. */
    public static final Watermarks END = new Watermarks(Long.MAX_VALUE, Long.MAX_VALUE);
}
