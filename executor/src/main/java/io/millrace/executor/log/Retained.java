package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of a log can be read, and who reads. Thread-safe.
 *
 * <pre>
 * | deleted | released, but read, or only just released | released to those who begin to read now … |
 *           ^ deleted                                   ^ start
 * </pre>
 *
 * What is released stays for one more turn at least: whoever has looked where the log begins can still begin there.
 */
final class Retained {
    private final String stream;
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();

    private final Deque<LogStart> released = new ArrayDeque<>();
    private volatile LogStart start;
    private LogStart deleted;
    private long due;
    private volatile long wanted;

    /** What needs blocks. */
    @FunctionalInterface
    interface Holder {
        /** The first that it needs. */
        long heldLsn();
    }

    Retained(String stream, LogStart start) {
        this.stream = stream;
        this.start = start;
        this.deleted = start;
    }

    /** Where those begin who read from now on. */
    LogStart start() {
        return start;
    }

    /** The block below which nothing is wanted any more, whether or not it could be released. */
    long wanted() {
        return wanted;
    }

    void want(long lsn) {
        wanted = Math.max(wanted, lsn);
    }

    synchronized void release(LogStart next) {
        if (next.lsn() > start.lsn()) {
            start = next;
            released.add(next);
        }
    }

    /** A block is needed, and those behind it. */
    synchronized void begin(Holder holder, long lsn) {
        if (lsn < deleted.lsn()) {
            throw trimmed();
        }
        holders.add(holder);
    }

    void end(Holder holder) {
        holders.remove(holder);
    }

    /** How far everything can be deleted now, which nobody can read any more; null when there is nothing new. */
    synchronized @Nullable LogStart next() {
        long bound = due;
        due = start.lsn();
        for (Holder holder : holders) {
            bound = Math.min(bound, holder.heldLsn());
        }
        LogStart next = null;
        List<LogStart> passed = new ArrayList<>();
        for (LogStart each : released) {
            if (each.lsn() <= bound) {
                next = each;
                passed.add(each);
            }
        }
        if (next != null) {
            deleted = next;
            released.removeAll(passed);
        }
        return next;
    }

    MillraceException trimmed() {
        LogStart first = start;
        return new MillraceException(
                ErrorCode.HISTORY_TRIMMED,
                "the rows of stream \"" + stream + "\" before row " + first.row() + ", of "
                        + Instant.EPOCH.plus(first.time(), ChronoUnit.MICROS) + ", are not kept any more");
    }
}
