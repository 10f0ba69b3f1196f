package io.millrace.executor.dataflow;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts that were looked at while much came: where steps end that are behind, so that a step stays short however much waits, and
 * what waits is shown bit by bit. Thread-safe.
 */
final class StepCuts {
    /** Beyond, every second one is forgotten. */
    static final int MOST = 4_096;

    private final Supplier<Cut> cuts;
    private final long rows;
    private final AtomicLong unmarked = new AtomicLong();
    private final ArrayDeque<Cut> marks = new ArrayDeque<>();

    /**
     * @param cuts looks at all logs at once
     * @param rows between two marks
     */
    StepCuts(Supplier<Cut> cuts, long rows) {
        this.cuts = cuts;
        this.rows = rows;
    }

    /** Rows have become visible. */
    void published(long count) {
        if (unmarked.addAndGet(count) >= rows) {
            mark();
        }
    }

    private synchronized void mark() {
        if (unmarked.get() < rows) {
            return; // another has just done it
        }
        unmarked.set(0);
        marks.add(cuts.get());
        if (marks.size() > MOST) {
            boolean isSecond = false;
            for (Iterator<Cut> each = marks.iterator(); each.hasNext(); isSecond = !isSecond) {
                each.next();
                if (isSecond) {
                    each.remove();
                }
            }
        }
    }

    /** Nothing is marked any more of what has become visible while the logs were being opened, one after the other. */
    synchronized void forget() {
        unmarked.set(0);
        marks.clear();
    }

    /** Marks what earlier runs have written and made no step of. Before anything is written. */
    void lookBack(Cut lastStep) {
        List<Cut> before = Backlog.cuts(lastStep, cuts.get(), rows, MOST);
        synchronized (this) {
            forget();
            marks.addAll(before);
        }
    }

    /**
     * One that is after a number of commits.
     *
     * @param most which one, counted from the earliest, which is 1
     * @return null when there are not so many
     */
    synchronized @Nullable Cut next(long sequence, int most) {
        int left = most;
        for (Cut mark = marks.poll(); mark != null; mark = marks.poll()) {
            if (mark.sequence() > sequence && --left == 0) {
                return mark;
            }
        }
        return null;
    }

    /** All that is visible; what comes later is marked anew. */
    synchronized Cut all() {
        forget();
        return cuts.get();
    }

    /** The number of commits before the last mark; that of {@link Cut#NOTHING} when there is none. */
    synchronized long last() {
        Cut last = marks.peekLast();
        return last == null ? Cut.NOTHING.sequence() : last.sequence();
    }

    synchronized int count() {
        return marks.size();
    }
}
