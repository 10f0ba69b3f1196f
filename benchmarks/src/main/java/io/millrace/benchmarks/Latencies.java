package io.millrace.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** How long each repetition of something took. */
final class Latencies {
    private long[] nanos = new long[1 << 16];
    private int count;
    private long began = System.nanoTime();

    void add(long taken) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = taken;
    }

    /** Forgets what was measured so far, and begins now. */
    void restart() {
        count = 0;
        began = System.nanoTime();
    }

    void print(String what) {
        double seconds = (System.nanoTime() - began) / 1e9;
        Arrays.sort(nanos, 0, count);
        System.out.printf(
                Locale.ROOT,
                "look-up  %-44s %,9.0f/s  p50 %8.3f ms  p99 %8.3f ms%n",
                what,
                count / seconds,
                percentile(50),
                percentile(99));
    }

    private double percentile(int percent) {
        return count == 0 ? Double.NaN : nanos[(int) ((long) count * percent / 100)] / 1e6;
    }
}
