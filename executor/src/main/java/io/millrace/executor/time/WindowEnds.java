package io.millrace.executor.time;

import io.millrace.plan.WindowSpec;
import java.util.List;

/** Where the windows of a query end, but for sessions: the times at which it matters that the watermark has reached them. */
public record WindowEnds(List<WindowSpec> windows) {
    public WindowEnds {
        windows = List.copyOf(windows);
    }

    /** The lowest end above {@code watermark}; without windows {@code Long.MAX_VALUE}. */
    public long next(long watermark) {
        if (windows.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (watermark == Watermarks.NONE) {
            return Watermarks.NONE + 1; // the first watermark reaches the ends of all windows in the past
        }
        long next = Long.MAX_VALUE;
        for (WindowSpec window : windows) {
            next = Math.min(next, next(window, watermark));
        }
        return next;
    }

    /** Where the first window begins that ends above {@code time}. */
    public static long firstOpenStart(WindowSpec window, long time) {
        long end = next(window, time);
        return window.kind() == WindowSpec.Kind.CUMULATE
                ? end - 1 - Math.floorMod(end - 1 - window.offset(), window.size())
                : end - window.size();
    }

    /** The lowest end of a window above {@code time}. */
    public static long next(WindowSpec window, long time) {
        long phase = Math.floorMod(window.offset() + window.size(), window.slide());
        long intoSlide = Math.floorMod(time - phase, window.slide());
        long next = time - intoSlide + window.slide();
        return next < time ? Long.MAX_VALUE : next;
    }
}
