package io.millrace.executor.operator;

import io.millrace.plan.WindowSpec;

/**
 * Where windows and panes lie. A window is told by its end; ends follow each other by the slide. Windows that overlap
 * share panes, so that no row is kept twice: of gcd(size, slide), or of the step that a CUMULATE window grows by.
 *
 * <pre>
 * HOP(size 30, slide 20), panes of 10:        CUMULATE(size 30, step 10):
 *
 * panes     | 0 | 1 | 2 | 3 | 4 | 5 |         | 0 | 1 | 2 | 3 | 4 | 5 |
 * windows   [-----------)                     [---)       [---)
 *                   [-----------)             [-------)   [-------)
 *                                             [-----------[-----------)
 * </pre>
 *
 * Pane k is {@code [offset + k * pane, offset + (k + 1) * pane)}. All in microseconds. Not for sessions.
 */
final class PaneGeometry {
    private final boolean isCumulative;
    private final long size;
    private final long slide;
    private final long offset;
    private final long pane;
    private final long lowest;
    private final long highest;

    PaneGeometry(WindowSpec window) {
        isCumulative = window.kind() == WindowSpec.Kind.CUMULATE;
        size = window.size();
        slide = window.slide();
        offset = Math.floorMod(window.offset(), isCumulative ? size : slide);
        pane = gcd(size, slide);
        lowest = Long.MIN_VALUE + 2 * Math.min(size, Long.MAX_VALUE / 4) + offset;
        highest = Long.MAX_VALUE - 2 * Math.min(size, Long.MAX_VALUE / 4);
    }

    /** Whether a window is its predecessor and one pane more, or begins anew. */
    boolean isCumulative() {
        return isCumulative;
    }

    /** Whether each time falls into one window. */
    boolean isTumbling() {
        return size == slide;
    }

    /** From the end of one window to the next. */
    long slide() {
        return slide;
    }

    /** The length of a pane. */
    long pane() {
        return pane;
    }

    /** How many panes the longest window has. */
    long panesPerWindow() {
        return size / pane;
    }

    /** Whether the bounds of all windows that hold a time can be told in 64 bits. */
    boolean covers(long time) {
        return time >= lowest && time <= highest;
    }

    long paneOf(long time) {
        return Math.floorDiv(time - offset, pane);
    }

    long paneStart(long index) {
        return offset + index * pane;
    }

    /** Where the window with this end begins. */
    long start(long end) {
        return isCumulative ? end - 1 - Math.floorMod(end - 1 - offset, size) : end - size;
    }

    /** The lowest end of a window that holds a time; after the last one's when windows leave gaps. */
    long firstEnd(long time) {
        long phase = isCumulative ? time - offset : time - offset - size;
        return time - Math.floorMod(phase, slide) + slide;
    }

    /** The highest end of a window that holds a time. */
    long lastEnd(long time) {
        return time - Math.floorMod(time - offset, isCumulative ? size : slide) + size;
    }

    /** Whether all windows that hold a time have an end at or below the watermark; so for all times of a pane alike. */
    boolean isClosed(long time, long watermark) {
        return lastEnd(time) <= watermark;
    }

    /** The lowest end of a window that is above the watermark. */
    long firstOpenEnd(long watermark) {
        if (covers(watermark)) {
            return firstEnd(watermark);
        }
        return watermark < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
