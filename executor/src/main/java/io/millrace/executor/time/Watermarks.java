package io.millrace.executor.time;

import io.millrace.plan.TimeAttribute;

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

    /** The one that closes windows over such a time. */
    public long of(TimeAttribute attribute) {
        return switch (attribute) {
            case EVENT_TIME -> eventTime;
            case ROW_TIME -> rowTime;
            case NONE -> equals(END) ? Long.MAX_VALUE : NONE;
        };
    }
}
