package io.millrace.executor.time;

import java.util.Arrays;

/** Numbers that wait for a time, the earliest first: a binary heap without objects. */
public final class TimeQueue {
    private long[] times = new long[64];
    private int[] waiting = new int[64];
    private int size;

    public boolean isEmpty() {
        return size == 0;
    }

    /** The earliest time; {@code Long.MAX_VALUE} when nothing waits. */
    public long earliest() {
        return size == 0 ? Long.MAX_VALUE : times[0];
    }

    public void add(long time, int number) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            waiting = Arrays.copyOf(waiting, size * 2);
        }
        int at = size++;
        while (at > 0 && times[(at - 1) >>> 1] > time) {
            move((at - 1) >>> 1, at);
            at = (at - 1) >>> 1;
        }
        put(at, time, number);
    }

    /** Takes what waits for the earliest time; there is something. */
    public int poll() {
        int first = waiting[0];
        size--;
        if (size > 0) {
            sink(times[size], waiting[size]);
        }
        return first;
    }

    public void clear() {
        size = 0;
    }

    public long bytes() {
        return times.length * (long) (Long.BYTES + Integer.BYTES);
    }

    /** Puts an entry in the place of the first, and below all that are earlier. */
    private void sink(long time, int number) {
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && times[child + 1] < times[child]) {
                child++;
            }
            if (times[child] >= time) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, time, number);
    }

    private void move(int from, int to) {
        put(to, times[from], waiting[from]);
    }

    private void put(int at, long time, int number) {
        times[at] = time;
        waiting[at] = number;
    }
}
