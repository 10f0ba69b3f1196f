package io.millrace.executor.time;

import java.util.Arrays;

/** Numbers that wait for a time, the earliest first: a heap without objects, of four children each, as few levels miss the cache. */
public final class TimeQueue {
    private static final int CHILDREN = 4;

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
        while (at > 0 && times[(at - 1) / CHILDREN] > time) {
            move((at - 1) / CHILDREN, at);
            at = (at - 1) / CHILDREN;
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

    /** The number that waits for the earliest time; there is one. */
    public int first() {
        return waiting[0];
    }

    /** Lets the first wait for another time, which is no earlier. */
    public void postpone(long time) {
        sink(time, waiting[0]);
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
        for (int child = 1; child < size; child = CHILDREN * at + 1) {
            int earliest = earliestOf(child);
            if (times[earliest] >= time) {
                break;
            }
            move(earliest, at);
            at = earliest;
        }
        put(at, time, number);
    }

    private int earliestOf(int child) {
        int earliest = child;
        for (int other = child + 1; other < Math.min(child + CHILDREN, size); other++) {
            earliest = times[other] < times[earliest] ? other : earliest;
        }
        return earliest;
    }

    private void move(int from, int to) {
        put(to, times[from], waiting[from]);
    }

    private void put(int at, long time, int number) {
        times[at] = time;
        waiting[at] = number;
    }
}
