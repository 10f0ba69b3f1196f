package io.millrace.executor.checkpoint;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.LogStart;
import io.millrace.plan.DataType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the dataflow, in the order in which they were made: each is on disk before anybody sees what it gave, so that
 * what was seen at a position can be computed again, and a position never names two things. Ideas: the write-ahead offsets of
 * Structured Streaming (Armbrust et al., SIGMOD 2018).
 *
 * <p>A step is one append of several rows: one that opens it, one for each log whose end has moved, one for each view that
 * the step before it changed. From time to time all ends are written, so that none needs to be read from the beginning. For
 * one writer; readers are made on any thread.
 */
public final class StepLog implements AutoCloseable {
    /** So often all ends are written. */
    static final int ALL_ENDS_EVERY = 1024;

    static final long STEP = 0;
    static final long STEP_WITH_ALL_ENDS = 1;
    static final long END = 2;
    static final long CHANGE = 3;

    /** The end of a log that is no longer there. */
    static final long GONE = -1;

    private static final DataType NUMBER = DataType.of(DataType.Kind.BIGINT).notNull();

    /**
     * How a row reads:
     *
     * <pre>
     * kind      object    value    more
     * STEP      catalog   time     0        so does STEP_WITH_ALL_ENDS
     * END       log       end      0
     * CHANGE    view      rows     hash
     * </pre>
     */
    public static final StreamDefinition DEFINITION = new StreamDefinition(
            -1,
            "steps",
            List.of(
                    new ColumnDefinition("position", NUMBER),
                    new ColumnDefinition("kind", NUMBER),
                    new ColumnDefinition("object", NUMBER),
                    new ColumnDefinition("value", NUMBER),
                    new ColumnDefinition("more", NUMBER)),
            null,
            Map.of(),
            "");

    /** The column by which blocks are found: the position. */
    public static final int TIME_COLUMN = 0;

    private final Log log;
    private volatile @Nullable StepRecord last;
    private int sinceAllEnds = ALL_ENDS_EVERY;
    /** Whether a step could not be written: the next cannot tell only what has moved since. */
    private volatile boolean hasGap;

    private final @Nullable MillraceException failure;

    /**
     * Reads where the log ends; it belongs to this from now on. Nothing can be read or written when it is damaged: what it still has
     * does not tell which positions there have been.
     */
    public StepLog(Log log) {
        this.log = log;
        MillraceException damage = log.failure();
        if (damage == null) {
            try {
                last = readLast();
            } catch (MillraceException found) {
                if (found.code() != ErrorCode.DATA_CORRUPTED) {
                    throw found;
                }
                damage = found;
            }
        }
        failure = damage == null ? null : withoutSteps(damage);
    }

    private static MillraceException withoutSteps(MillraceException damage) {
        return new MillraceException(
                damage.code(),
                "the steps of the views cannot be read: " + damage.primary(),
                "Restore the file from a copy, or stop the server and run repair --cut, which begins the steps anew: views are"
                        + " computed from the logs, what followed changes cannot go on after an earlier position, and streams"
                        + " and tables lose nothing.",
                null,
                damage);
    }

    /** Why nothing can be read or written; null when it can. */
    public @Nullable MillraceException failure() {
        return failure;
    }

    /** @throws MillraceException when the log is damaged */
    public void check() {
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable StepRecord readLast() {
        long end = log.end().nextLsn();
        for (long back = ALL_ENDS_EVERY; ; back *= 2) {
            long first = log.start().lsn();
            long from = Math.max(first, end - 2 * back);
            StepRecord found = null;
            try (StepReader reader = new StepReader(log, from, 0)) {
                for (StepRecord next = reader.next(); next != null; next = reader.next()) {
                    found = next;
                }
            }
            if (found != null || from == first) {
                return found;
            }
        }
    }

    /** The last step; null before the first. */
    public @Nullable StepRecord last() {
        return last;
    }

    /** Completes when the step is on disk; if it fails, the step can be appended again. */
    public CompletableFuture<AppendResult> append(StepRecord step) {
        StepRecord before = last;
        boolean isWhole = before == null || sinceAllEnds >= ALL_ENDS_EVERY || hasGap;
        hasGap = false;
        List<ColumnBuilder> columns =
                DEFINITION.columnTypes().stream().map(ColumnBuilder::of).toList();
        add(columns, step.position(), isWhole ? STEP_WITH_ALL_ENDS : STEP, step.catalog(), step.time(), 0);
        int[] rows = {1};
        step.ends().forEach((id, end) -> {
            if (isWhole || before == null || before.end(id) != end) {
                add(columns, step.position(), END, id, end, 0);
                rows[0]++;
            }
        });
        if (!isWhole && before != null) {
            for (long gone : before.ends().keySet()) {
                if (!step.ends().containsKey(gone)) {
                    add(columns, step.position(), END, gone, GONE, 0);
                    rows[0]++;
                }
            }
        }
        for (ViewChange change : step.before()) {
            add(columns, step.position(), CHANGE, change.viewId(), change.rows(), change.hash());
            rows[0]++;
        }
        sinceAllEnds = isWhole ? 1 : sinceAllEnds + 1;
        last = step;
        List<Column> built = columns.stream().map(ColumnBuilder::build).toList();
        return log.append(built, rows[0], null).whenComplete((result, failure) -> hasGap |= failure != null);
    }

    private static void add(List<ColumnBuilder> columns, long position, long kind, long object, long value, long more) {
        columns.get(0).appendLong(position);
        columns.get(1).appendLong(kind);
        columns.get(2).appendLong(object);
        columns.get(3).appendLong(value);
        columns.get(4).appendLong(more);
    }

    /** The steps from a position on, as far as they are on disk when they are asked for. */
    public StepReader reader(long position) {
        check();
        long back = Math.max(0, position - 2L * ALL_ENDS_EVERY);
        return new StepReader(log, log.firstBlockSince(back, false), position);
    }

    /** The position of the last step before a time; 0 when there is none. */
    public long positionBefore(long time) {
        check();
        LogStart start = log.start();
        long lsn = Math.max(start.lsn(), log.firstBlockSince(time, true) - 2L * ALL_ENDS_EVERY);
        long position = 0;
        try (StepReader reader = new StepReader(log, lsn, 0)) {
            for (StepRecord next = reader.next(); next != null && next.time() < time; next = reader.next()) {
                position = next.position();
            }
        }
        if (position == 0 && start.isTrimmed()) {
            StepRecord oldest = oldest();
            throw new MillraceException(
                    ErrorCode.HISTORY_TRIMMED,
                    "the changes since " + Instant.EPOCH.plus(time, ChronoUnit.MICROS) + " are not kept any more"
                            + (oldest == null
                                    ? ""
                                    : ": the oldest position to go on after is " + oldest.position() + ", of "
                                            + Instant.EPOCH.plus(oldest.time(), ChronoUnit.MICROS)));
        }
        return position;
    }

    /** The first step that is kept; null when none is. */
    public @Nullable StepRecord oldest() {
        try (StepReader reader = new StepReader(log, log.start().lsn(), 0)) {
            return reader.next();
        }
    }

    /**
     * Lets go of the steps before a position and before a time, whichever is earlier; they are deleted in a while.
     *
     * @return completes when what was let go earlier has been deleted
     */
    public CompletableFuture<Void> trim(long position, long time) {
        long lsn = Math.min(
                log.firstBlockSince(Math.max(0, position - 2L * ALL_ENDS_EVERY), false),
                log.firstBlockSince(time, true) - 2L * ALL_ENDS_EVERY);
        if (lsn > log.start().lsn()) {
            log.release(lsn, LogStart.UNTRIMMED);
        }
        return log.trim();
    }

    @Override
    public void close() {
        log.close();
    }
}
