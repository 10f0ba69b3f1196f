package io.millrace.executor.dataflow;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts that were looked at while much came: where steps end that are behind, so that a step stays short however much waits, and
 * what waits is shown bit by bit. Thread-safe.
 */
final class StepCuts {
    /** Beyond, some are forgotten. */
    static final int MOST = 4_096;

    private final Supplier<Cut> cuts;
    private final long rows;
    private final AtomicLong unmarked = new AtomicLong();
    private final ArrayDeque<MarkedCut> marks = new ArrayDeque<>();

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
        long counted = unmarked.getAndSet(0); // what comes before the look is counted twice rather than never
        marks.add(new MarkedCut(cuts.get(), counted));
        if (marks.size() > MOST) {
            for (long most = 2 * rows; marks.size() > MOST - MOST / 4; most *= 2) {
                join(most);
            }
        }
    }

    /** Forgets a mark where there are no more rows from the one before it to the one after it: steps stay alike. */
    private void join(long most) {
        List<MarkedCut> all = List.copyOf(marks);
        marks.clear();
        for (MarkedCut mark : all) {
            MarkedCut before = marks.pollLast();
            if (before != null && before.rows() + mark.rows() > most) {
                marks.add(before);
                before = null;
            }
            marks.add(before == null ? mark : mark.joined(before));
        }
    }

    /** Nothing is marked any more of what has become visible while the logs were being opened, one after the other. */
    synchronized void forget() {
        unmarked.set(0);
        marks.clear();
    }

    /** Marks what earlier runs have written and made no step of. Before anything is written. */
    void lookBack(Cut lastStep) {
        List<MarkedCut> before = Backlog.cuts(lastStep, cuts.get(), rows, MOST);
        synchronized (this) {
            forget();
            marks.addAll(before);
        }
    }

    /**
     * Where a step ends that is behind: at the last mark up to which it has no more rows than it is to take, or at the first.
     *
     * @param sequence the commits that have been taken
     * @param parts so many times the rows between two marks it is to take
     * @return null when there is not so much
     */
    synchronized @Nullable Cut next(long sequence, int parts) {
        long left = parts * rows;
        Cut end = null;
        for (MarkedCut mark = marks.peek(); mark != null; mark = marks.peek()) {
            if (mark.cut().sequence() > sequence) {
                if (end != null && mark.rows() > left) {
                    return end;
                }
                end = mark.cut();
                left -= mark.rows();
            }
            marks.poll();
            if (left <= 0) {
                return end;
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
        MarkedCut last = marks.peekLast();
        return last == null ? Cut.NOTHING.sequence() : last.cut().sequence();
    }

    synchronized int count() {
        return marks.size();
    }
}
