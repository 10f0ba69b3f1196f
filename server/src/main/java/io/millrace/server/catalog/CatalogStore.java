package io.millrace.server.catalog;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.view.ResultBatch;
import io.millrace.plan.DataType;
import io.millrace.planner.Planner;
import io.millrace.planner.StatementPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definitions, kept as a log of the statements that made them: one record per change, so that a change is on disk
 * whole or not at all. The log is stream 0 of the engine; reading it back in order gives the catalog.
 *
 * <p>Thread-safe: readers take the current snapshot without a lock, changes are made one after the other.
 */
public final class CatalogStore {
    private static final Logger LOGGER = LoggerFactory.getLogger(CatalogStore.class);
    private static final String CREATE = "CREATE";
    private static final String DROP = "DROP";

    /** The catalog's own log: what happened to which object, and the statement. */
    private static final StreamDefinition LOG = new StreamDefinition(
            0,
            "catalog",
            List.of(
                    new ColumnDefinition("action", DataType.varchar().notNull()),
                    new ColumnDefinition("id", DataType.of(DataType.Kind.BIGINT).notNull()),
                    new ColumnDefinition("name", DataType.varchar().notNull()),
                    new ColumnDefinition("sql", DataType.varchar().notNull())),
            null,
            Map.of(),
            "");

    private final StreamEngine engine;
    private final Planner planner;
    private final Map<Long, MillraceException> failures = new ConcurrentHashMap<>();

    private volatile CatalogSnapshot current = CatalogSnapshot.EMPTY;
    private long lastId;

    public CatalogStore(StreamEngine engine, Planner planner) {
        this.engine = engine;
        this.planner = planner;
    }

    public CatalogSnapshot current() {
        return current;
    }

    /** Reads the log back, beside what the server itself shows, and opens every stream; one that cannot be opened is kept out of use, the others serve. */
    public synchronized void open(Collection<SystemTable> systemTables) {
        Set<Long> stored = engine.storedStreams();
        Map<Long, StreamDefinition> live = new LinkedHashMap<>();
        Set<Long> dropped = new HashSet<>();
        read(live, dropped);
        for (long id : stored) {
            if (dropped.contains(id)) {
                engine.dropStream(id);
            } else if (id != LOG.id() && !live.containsKey(id)) {
                throw damaged("it does not know stream number " + id + ", of which there is a log", null);
            }
        }
        for (StreamDefinition definition : live.values()) {
            try {
                engine.openStream(definition);
            } catch (RuntimeException failure) {
                failures.put(definition.id(), outOfUse(definition, failure));
            }
        }
        current = CatalogSnapshot.EMPTY
                .withSystemTables(systemTables)
                .with(live.values().toArray(StreamDefinition[]::new));
    }

    private void read(Map<Long, StreamDefinition> live, Set<Long> dropped) {
        try {
            engine.openStream(LOG);
            for (ResultBatch batch : CatalogReader.readAll(engine, LOG)) {
                replay(batch, live, dropped);
            }
        } catch (MillraceException failure) {
            throw failure.code() == ErrorCode.DATA_CORRUPTED ? damaged(failure.primary(), failure) : failure;
        }
    }

    /** Without a whole catalog nothing is served, lest streams that are there seem to be missing. */
    private static MillraceException damaged(String why, @Nullable MillraceException cause) {
        return new MillraceException(ErrorCode.DATA_CORRUPTED, "the catalog is damaged: " + why, cause)
                .withHint("Restore the directory streams/" + LOG.id()
                        + " of the data directory from a copy; nothing has been changed.");
    }

    private static MillraceException outOfUse(StreamDefinition definition, RuntimeException failure) {
        if (failure instanceof MillraceException known) {
            LOGGER.error("stream \"{}\" is out of use: {}", definition.name(), failure.getMessage());
            return known;
        }
        LOGGER.error("stream \"{}\" is out of use", definition.name(), failure);
        return new MillraceException(
                ErrorCode.IO_ERROR, "stream \"" + definition.name() + "\" cannot be opened: " + failure, failure);
    }

    /** Why a stream is out of use; null when it is not. */
    public @Nullable MillraceException failure(long streamId) {
        return failures.get(streamId);
    }

    /** Adds streams as one change; the definitions come back with their ids. */
    public synchronized List<StreamDefinition> create(List<StreamDefinition> definitions) {
        List<StreamDefinition> created = new ArrayList<>();
        for (StreamDefinition definition : definitions) {
            if (current.stream(definition.name()) != null) {
                throw new MillraceException(
                        ErrorCode.DUPLICATE_OBJECT, "stream \"" + definition.name() + "\" exists already");
            }
            created.add(definition.withId(++lastId));
        }
        record(CREATE, created);
        openOrUndo(created);
        current = current.with(created.toArray(StreamDefinition[]::new));
        return created;
    }

    /** A stream whose log cannot be made must not be there after the next start. */
    private void openOrUndo(List<StreamDefinition> created) {
        try {
            created.forEach(engine::openStream);
        } catch (RuntimeException failure) {
            record(DROP, created);
            created.forEach(stream -> engine.dropStream(stream.id()));
            throw failure;
        }
    }

    /** Removes streams as one change; queries on them end. */
    public synchronized void drop(List<StreamDefinition> definitions) {
        record(DROP, definitions);
        current =
                current.without(definitions.stream().map(StreamDefinition::name).toArray(String[]::new));
        for (StreamDefinition definition : definitions) {
            failures.remove(definition.id());
            engine.dropStream(definition.id());
        }
    }

    private void replay(ResultBatch batch, Map<Long, StreamDefinition> live, Set<Long> dropped) {
        StringColumn actions = (StringColumn) batch.columns().get(0);
        LongColumn ids = (LongColumn) batch.columns().get(1);
        StringColumn statements = (StringColumn) batch.columns().get(3);
        for (int row = 0; row < batch.rowCount(); row++) {
            long id = ids.get(row);
            lastId = Math.max(lastId, id);
            if (actions.string(row).equals(DROP)) {
                live.remove(id);
                dropped.add(id);
                continue;
            }
            StatementPlan plan = planner.plan(statements.string(row), CatalogSnapshot.EMPTY);
            if (!(plan instanceof StatementPlan.CreateStream create)) {
                throw MillraceException.internal("the catalog holds \"" + statements.string(row) + "\"");
            }
            live.put(id, create.definition().withId(id));
        }
    }

    private void record(String action, List<StreamDefinition> definitions) {
        List<ColumnBuilder> builders =
                LOG.columnTypes().stream().map(ColumnBuilder::of).toList();
        for (StreamDefinition definition : definitions) {
            builders.get(0).appendValue(action);
            builders.get(1).appendLong(definition.id());
            builders.get(2).appendValue(definition.name());
            builders.get(3).appendValue(definition.sql());
        }
        List<Column> columns = builders.stream().map(ColumnBuilder::build).toList();
        try {
            engine.append(LOG.id(), columns, definitions.size(), null).join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof MillraceException cause
                    ? cause
                    : new MillraceException(ErrorCode.IO_ERROR, "the catalog could not be written", failure);
        }
    }
}
