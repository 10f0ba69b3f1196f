package io.millrace.plan;

/**
 * How a time falls into windows. All in microseconds.
 *
 * <pre>
 * TUMBLE, HOP   [start, start + size), start = offset + k * slide; a TUMBLE slides by its size
 * CUMULATE      [start, start + n * slide), start = offset + k * size, for n = 1 to size / slide
 * SESSION       [first row, last row + size), for rows of a key no more than size apart; slide = size, offset = 0
 * </pre>
 */
public record WindowSpec(Kind kind, long size, long slide, long offset) {
    /** The spelling of the window. */
    public enum Kind {
        TUMBLE,
        HOP,
        CUMULATE,
        SESSION
    }

    public static WindowSpec tumble(long size, long offset) {
        return new WindowSpec(Kind.TUMBLE, size, size, offset);
    }

    public static WindowSpec hop(long size, long slide, long offset) {
        return new WindowSpec(Kind.HOP, size, slide, offset);
    }

    /** @param step divides {@code size} */
    public static WindowSpec cumulate(long size, long step, long offset) {
        return new WindowSpec(Kind.CUMULATE, size, step, offset);
    }

    public static WindowSpec session(long gap) {
        return new WindowSpec(Kind.SESSION, gap, gap, 0);
    }

    /** Whether the windows depend on the rows, rather than on the clock alone. */
    public boolean isSession() {
        return kind == Kind.SESSION;
    }
}
