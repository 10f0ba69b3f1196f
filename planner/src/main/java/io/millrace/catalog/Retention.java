package io.millrace.catalog;

import io.millrace.settings.ByteSize;
import io.millrace.settings.DurationText;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a stream is kept: what is older than the time, or beyond the size, goes.
 *
 * @param time null: however old
 * @param size of the log; null: however large
 */
public record Retention(@Nullable Duration time, @Nullable ByteSize size) {
    /** The option of the time. */
    public static final String TIME = "retention";
    /** The option of the size. */
    public static final String SIZE = "retention_size";

    /** The time that never ends: of a stream that has once been trimmed, or may be. */
    public static final String FOREVER_TEXT = "forever";

    static final Retention FOREVER = new Retention(null, null);

    static Retention of(Map<String, String> options) {
        String time = options.get(TIME);
        String size = options.get(SIZE);
        return new Retention(
                time == null || time.equals(FOREVER_TEXT) ? null : time(time), size == null ? null : size(size));
    }

    /** @throws IllegalArgumentException when it is no duration above zero */
    public static Duration time(String text) {
        Duration time = DurationText.parse(text);
        if (time.isZero() || time.toDays() > 36_500) {
            throw new IllegalArgumentException(text);
        }
        return time;
    }

    /** @throws IllegalArgumentException when it is no size above zero */
    public static ByteSize size(String text) {
        ByteSize size = ByteSize.parse(text);
        if (size.bytes() == 0 || text.endsWith("%")) {
            throw new IllegalArgumentException(text);
        }
        return size;
    }

    /** Whether everything is kept for ever. */
    public boolean isForever() {
        return time == null && size == null;
    }
}
