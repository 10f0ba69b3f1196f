package io.millrace.executor.view;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which rows of a result belong to which step, from those that the reader has taken on. Thread-safe. */
public final class StepMarks {
    private static final long OPEN = Long.MAX_VALUE;

    private final Deque<Span> spans = new ArrayDeque<>();
    private long after = StepMark.NONE;

    /** Rows of a position: from {@code first} on, below {@code end}. */
    private record Span(long position, long time, long first, long end) {}

    /** The result begins after a position, all of which the reader knows. */
    public synchronized void beginAfter(long position) {
        after = Math.max(after, position);
    }

    /** The rows from a number on are of a position. */
    public synchronized void begin(long position, long time, long row) {
        Span last = spans.peekLast();
        if (last == null || last.end() != OPEN) {
            spans.add(new Span(position, time, row, OPEN));
        }
    }

    /** The rows below a number are all that belong to the position that has begun, or to this one, which has none. */
    public synchronized void end(long position, long time, long row) {
        Span last = spans.peekLast();
        boolean isOpen = last != null && last.end() == OPEN;
        if (isOpen) {
            spans.removeLast();
        }
        spans.add(
                isOpen
                        ? new Span(last.position(), last.time(), last.first(), row)
                        : new Span(position, time, row, row));
    }

    /** What has been given with the rows below a number, which never falls. */
    public synchronized StepMark at(long row) {
        Span head = spans.peek();
        while (head != null && head.end() <= row) {
            after = Math.max(after, head.position());
            spans.remove();
            head = spans.peek();
        }
        return head == null || head.first() >= row
                ? new StepMark(after, StepMark.NONE, 0, row)
                : new StepMark(after, head.position(), head.time(), head.first());
    }
}
