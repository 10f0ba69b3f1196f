package io.millrace.server.demo;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Puts the rows of the headline query back into windows: the query does not select the window's bounds, but a window's
 * rows come together, right after its end, which is the last multiple of the slide.
 */
public final class WindowCollector {
    private final long slideMillis;
    private final WindowPrinter printer;
    private final Histogram lags = new Histogram(3);
    private final List<WordCount> rows = new ArrayList<>();
    private long end;
    private long lag;
    private int windows;

    public WindowCollector(long slideMillis, WindowPrinter printer) {
        this.slideMillis = slideMillis;
        this.printer = printer;
    }

    /** @param receivedMillis when the row came, since the epoch */
    public void add(WordCount row, long receivedMillis) {
        long rowEnd = Math.floorDiv(receivedMillis, slideMillis) * slideMillis;
        if (rowEnd != end) {
            complete();
            end = rowEnd;
        }
        rows.add(row);
        lag = receivedMillis - rowEnd;
        lags.recordValue(lag);
    }

    /** The window's rows have come: prints it, if there is one. */
    public void complete() {
        if (!rows.isEmpty()) {
            printer.print(end, lag, rows);
            rows.clear();
            windows++;
        }
    }

    public int windows() {
        return windows;
    }

    /** From a window's end to a row of it being received, in milliseconds. */
    public long lagPercentile(double percentile) {
        return lags.getValueAtPercentile(percentile);
    }
}
