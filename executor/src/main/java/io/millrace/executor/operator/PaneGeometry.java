package io.millrace.executor.operator;

import io.millrace.plan.WindowSpec;

/**
 * Where windows and panes lie. Windows that overlap share panes of gcd(size, slide), so that no row is kept twice:
 *
 * <pre>
 * HOP(size 30, slide 20), panes of 10:
 *
 * panes     | 0 | 1 | 2 | 3 | 4 | 5 |
 * windows   [-----------)
 *                   [-----------)
 * </pre>
 *
 * Pane k is {@code [offset + k * pane, offset + (k + 1) * pane)}. All in microseconds.
 */
final class PaneGeometry {
    private final long size;
    private final long slide;
    private final long offset;
    private final long pane;
    private final long lowest;
    private final long highest;

    PaneGeometry(WindowSpec window) {
        size = window.size();
        slide = window.slide();
        offset = Math.floorMod(window.offset(), slide);
        pane = gcd(size, slide);
        lowest = Long.MIN_VALUE + 2 * Math.min(size, Long.MAX_VALUE / 4) + offset;
        highest = Long.MAX_VALUE - 2 * Math.min(size, Long.MAX_VALUE / 4);
    }

    long size() {
        return size;
    }

    long slide() {
        return slide;
    }

    /** The length of a pane. */
    long pane() {
        return pane;
    }

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

    /** The start of the last window that holds a time. */
    long lastWindowStart(long time) {
        return time - Math.floorMod(time - offset, slide);
    }

    /** The start of the first window that holds a time; after the last one's when windows leave gaps. */
    long firstWindowStart(long time) {
        return lastWindowStart(time - size) + slide;
    }

    /** Whether all windows that hold a time have an end at or below the watermark; so for all times of a pane alike. */
    boolean isClosed(long time, long watermark) {
        return lastWindowStart(time) + size <= watermark;
    }

    /** The start of the first window whose end is above the watermark. */
    long firstOpenWindowStart(long watermark) {
        if (covers(watermark)) {
            return firstWindowStart(watermark);
        }
        return watermark < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
