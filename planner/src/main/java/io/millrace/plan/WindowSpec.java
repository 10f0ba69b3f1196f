package io.millrace.plan;

/**
 * How a time falls into windows {@code [start, start + size)}, where {@code start = offset + k * slide} for every
 * integer k. TUMBLE is a HOP whose slide is its size. All in microseconds; {@code slide <= size}.
 */
public record WindowSpec(Kind kind, long size, long slide, long offset) {
    /** The spelling of the window; for EXPLAIN. */
    public enum Kind {
        TUMBLE,
        HOP
    }

    public static WindowSpec tumble(long size, long offset) {
        return new WindowSpec(Kind.TUMBLE, size, size, offset);
    }

    public static WindowSpec hop(long size, long slide, long offset) {
        return new WindowSpec(Kind.HOP, size, slide, offset);
    }
}
