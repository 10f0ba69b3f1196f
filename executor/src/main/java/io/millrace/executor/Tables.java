package io.millrace.executor;

import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.CommitOrder;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.table.OpenTable;
import io.millrace.executor.table.PinnedTable;
import io.millrace.executor.table.TableMemory;
import io.millrace.executor.table.TableStatement;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.time.EngineClock;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The tables of an engine. Thread-safe. */
public final class Tables {
    private final StreamEngine engine;
    private final EngineSettings settings;
    private final EngineClock clock;
    private final StreamLogs logs;
    private final CommitOrder commits;
    private final TableMemory memory;
    private final Map<Long, OpenTable> open = new ConcurrentHashMap<>();

    private volatile boolean isClosed;

    Tables(StreamEngine engine, EngineSettings settings, EngineClock clock, StreamLogs logs, CommitOrder commits) {
        this.engine = engine;
        this.settings = settings;
        this.clock = clock;
        this.logs = logs;
        this.commits = commits;
        memory = new TableMemory(settings.tableMemory().bytes());
    }

    /** Opens the log of a table, creating it when there is none, and reads the rows back from it. */
    public void open(TableDefinition definition) {
        checkOpen();
        open.compute(definition.id(), (id, present) -> {
            if (present != null) {
                throw MillraceException.internal("table \"" + definition.name() + "\" is open already");
            }
            return OpenTable.open(definition, logs.open(OpenTable.log(definition), null), commits, memory);
        });
        commits.publish(0, () -> {}); // whoever looks from now on sees it
    }

    /** Closes the log of a table and deletes it; also one that could not be opened. Queries that have begun go on. */
    public void drop(long tableId) {
        OpenTable table = open.remove(tableId);
        if (table != null) {
            table.close();
        }
        logs.delete(tableId);
    }

    /**
     * Makes the changes of a statement; returns when they are on disk and visible.
     *
     * @param reads the tables that the statement reads: they do not change until its changes are made
     * @param producer null when the statement need not be recognised if it is sent again
     * @return how many rows each step of the statement changed; {@link OpenTable#UNKNOWN_COUNT} when the statement had been
     *     made before and that is forgotten
     * @throws MillraceException when nothing was changed
     */
    public long[] change(
            long tableId, TableStatement statement, Collection<Long> reads, @Nullable ProducerSequence producer) {
        TreeSet<Long> involved = new TreeSet<>(reads);
        involved.add(tableId);
        if (involved.size() == 1) {
            return find(tableId).execute(statement, producer);
        }
        List<OpenTable> held = new ArrayList<>();
        try {
            for (long each : involved) { // all take them in this order, so nobody waits in a circle
                OpenTable table = find(each);
                table.hold();
                held.add(table);
            }
            return find(tableId).executeHeld(statement, producer);
        } finally {
            held.forEach(OpenTable::release);
        }
    }

    /** A query that computes what becomes of a stream or table; {@code root} has no parameters. */
    public ChangeQuery query(PlanNode root, List<OutputColumn> output, QueryOptions options) {
        return new ChangeQuery(
                engine, root, output, options, settings.queryMemory().bytes(), clock);
    }

    public TableStatus status(long tableId) {
        OpenTable table = find(tableId);
        return new TableStatus(
                table.version().rows(),
                table.log().end().rowCount(),
                table.memoryBytes(),
                table.log().sizeBytes(),
                table.log().failure());
    }

    /** Null when there is no such table. */
    @Nullable
    Log log(long tableId) {
        OpenTable table = open.get(tableId);
        return table == null ? null : table.log();
    }

    TableVersion version(long tableId) {
        return find(tableId).version();
    }

    /** All tables as they are. */
    Map<Long, PinnedTable> pinned() {
        Map<Long, PinnedTable> pinned = new HashMap<>();
        open.forEach((id, table) -> pinned.put(id, table.pinned()));
        return pinned;
    }

    private OpenTable find(long tableId) {
        checkOpen();
        OpenTable table = open.get(tableId);
        if (table == null) {
            throw new MillraceException(ErrorCode.UNDEFINED_OBJECT, "table number " + tableId + " does not exist");
        }
        return table;
    }

    private void checkOpen() {
        if (isClosed) {
            throw StreamEngine.shuttingDown();
        }
    }

    void close() {
        isClosed = true;
        open.values().forEach(OpenTable::close);
        open.clear();
    }
}
