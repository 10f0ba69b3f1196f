package io.millrace.executor.table;

import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.AppendPart;
import io.millrace.executor.log.CommitOrder;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.LogEnd;
import io.millrace.executor.log.LogReader;
import io.millrace.executor.log.ProducerEntry;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.work.Waits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table whose log is open. Thread-safe.
 *
 * <p>One statement at a time computes its changes. Those that come while others are being brought to disk are taken
 * together: each sees the changes of those before it, all go to the log as one append, and become visible at once when that
 * is on disk. If it cannot be made, none of them happened.
 */
public final class OpenTable implements AutoCloseable {
    /** What a batch of statements says of one that was made, but whose count is not known any more, as in JDBC. */
    public static final long UNKNOWN_COUNT = -2;

    private static final int MAX_GROUP = 256;

    private final TableDefinition definition;
    private final Log log;
    private final CommitOrder order;
    private final RowStore rows;
    private final TableChanges changes;
    private final ReentrantLock writing = new ReentrantLock();
    private final Queue<PendingStatement> waiting = new ConcurrentLinkedQueue<>();

    private volatile PinnedTable visible;
    private long visibleRows;
    private volatile long bytes;
    private volatile boolean isClosed;

    private OpenTable(TableDefinition definition, Log log, CommitOrder order, TableMemory memory) {
        this.definition = definition;
        this.log = log;
        this.order = order;
        rows = new RowStore(definition, memory);
        changes = new TableChanges(definition);
        visible = new PinnedTable(this, rows.version(), 0);
    }

    /** Reads the table's log, which belongs to the table from now on; it is closed if that fails. */
    public static OpenTable open(TableDefinition definition, Log log, CommitOrder order, TableMemory memory) {
        OpenTable table = new OpenTable(definition, log, order, memory);
        try {
            table.replay();
            return table;
        } catch (RuntimeException | Error failure) {
            table.close();
            throw failure;
        }
    }

    private void replay() {
        MillraceException failure = log.failure();
        if (failure != null) {
            throw failure;
        }
        long end = log.end().nextLsn();
        int columnCount = definition.columns().size();
        try (LogReader reader = log.reader(0)) {
            while (reader.next(end)) {
                if (!TableChanges.replay(reader.block(), columnCount, rows)) {
                    throw new MillraceException(
                            ErrorCode.DATA_CORRUPTED,
                            "the log of table \"" + definition.name() + "\" is damaged: in block " + reader.lsn()
                                    + " a row goes that is not there");
                }
                rows.compactIfDue();
            }
        }
        rows.keep();
        show(rows.version());
    }

    /** What the log of a table looks like to those who keep logs. */
    public static StreamDefinition log(TableDefinition definition) {
        return TableChanges.log(definition);
    }

    public TableDefinition definition() {
        return definition;
    }

    /** The table with all that has been acknowledged. */
    public TableVersion version() {
        return visible.version();
    }

    /** The same, with the place in the log up to which it goes. */
    public PinnedTable pinned() {
        return visible;
    }

    /** The changes from a block of the log on. */
    public ChangeReader changes(long lsn) {
        return new ChangeReader(log.reader(lsn), definition.columns().size());
    }

    public Log log() {
        return log;
    }

    /** The memory that the table holds. */
    public long memoryBytes() {
        return bytes;
    }

    /**
     * Makes the changes of a statement; returns when they are on disk and visible.
     *
     * @param producer null when the statement need not be recognised if it is sent again
     * @return how many rows each step changed; {@link #UNKNOWN_COUNT} when it had been made before and that is forgotten
     * @throws MillraceException when nothing was changed
     */
    public long[] execute(TableStatement statement, @Nullable ProducerSequence producer) {
        PendingStatement mine = new PendingStatement(statement, producer);
        waiting.add(mine);
        Waits.lock(writing);
        try {
            while (!mine.isDone()) {
                commit(nextGroup());
            }
        } finally {
            writing.unlock();
        }
        return mine.result();
    }

    /** Keeps all others from changing the table until {@link #release}; for a statement that reads several tables. */
    public void hold() {
        Waits.lock(writing);
    }

    public void release() {
        writing.unlock();
    }

    /** As {@link #execute}, on the thread that holds the table. */
    public long[] executeHeld(TableStatement statement, @Nullable ProducerSequence producer) {
        if (!writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("table \"" + definition.name() + "\" is not held");
        }
        PendingStatement mine = new PendingStatement(statement, producer);
        commit(List.of(mine));
        return mine.result();
    }

    /** A statement and its repetition are not taken together: the second has to find the first in the log. */
    private List<PendingStatement> nextGroup() {
        List<PendingStatement> group = new ArrayList<>();
        Set<UUID> producers = new HashSet<>();
        for (PendingStatement next = waiting.peek(); next != null && group.size() < MAX_GROUP; next = waiting.peek()) {
            if (next.producer != null && !producers.add(next.producer.producer())) {
                break;
            }
            group.add(next);
            waiting.remove();
        }
        return group;
    }

    private void commit(List<PendingStatement> group) {
        RowStore.Mark before = rows.mark();
        List<PendingStatement> changed = new ArrayList<>();
        List<AppendPart> parts = new ArrayList<>();
        for (PendingStatement each : group) {
            int from = changes.size();
            boolean isNew;
            try {
                if (isClosed) {
                    throw closed();
                }
                isNew = run(each);
            } catch (RuntimeException | Error failure) { // of this statement and no other
                each.fail(failure);
                continue;
            }
            int made = changes.size() - from;
            boolean counts = isNew && each.producer != null && each.producer.isNumbered();
            if (made == 0 && !counts) {
                each.done();
                continue;
            }
            changed.add(each);
            if (each.producer != null) {
                parts.add(new AppendPart(each.producer, from, made));
            }
        }
        if (!changed.isEmpty()) {
            append(changed, parts, before);
        }
    }

    /** Changes the rows, and gathers what the log has to know; false when that was done before. */
    private boolean run(PendingStatement pending) {
        ProducerSequence producer = pending.producer;
        ProducerEntry made = producer == null ? null : log.made(producer);
        if (producer != null && made != null) {
            pending.repeated(producer, made);
            return false;
        }
        RowStore.Mark before = rows.mark();
        int size = changes.size();
        try {
            List<Function<Supplier<TableVersion>, TableChange>> steps = pending.statement.steps();
            for (int i = 0; i < steps.size(); i++) {
                TableChange change = steps.get(i).apply(rows::version);
                rows.apply(change);
                changes.add(change, rows);
                pending.changes(i, change.size());
            }
            return true;
        } catch (RuntimeException | Error failure) {
            try {
                rows.undo(before);
            } finally { // else the next statement would bring it to the log
                changes.truncate(size);
            }
            throw failure;
        }
    }

    private void append(List<PendingStatement> changed, List<AppendPart> parts, RowStore.Mark before) {
        int size = changes.size();
        try {
            Waits.join(log.appendParts(changes.build(), size, parts));
        } catch (CompletionException failure) {
            rows.undo(before);
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            changed.forEach(each -> each.fail(cause));
            return;
        } catch (RuntimeException | Error failure) {
            rows.undo(before);
            changed.forEach(each -> each.fail(failure));
            return;
        }
        rows.keep();
        rows.compactIfDue();
        show(rows.version());
        changed.forEach(PendingStatement::done);
    }

    private void show(TableVersion version) {
        bytes = rows.bytes();
        LogEnd end = log.end();
        PinnedTable pinned = new PinnedTable(this, version, end.nextLsn());
        long changed = end.rowCount() - visibleRows;
        visibleRows = end.rowCount();
        order.publish(changed, () -> visible = pinned);
    }

    private MillraceException closed() {
        return new MillraceException(ErrorCode.SHUTTING_DOWN, "table \"" + definition.name() + "\" has been closed");
    }

    /** Waits for the statement that is being made; later ones are refused. Versions that are held stay readable. */
    @Override
    public void close() {
        Waits.lock(writing);
        try {
            if (!isClosed) {
                isClosed = true;
                log.close();
                rows.close();
            }
        } finally {
            writing.unlock();
        }
    }
}
