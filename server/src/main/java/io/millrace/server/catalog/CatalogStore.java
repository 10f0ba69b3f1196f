package io.millrace.server.catalog;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.Relation;
import io.millrace.catalog.StoredRelation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.SystemTable;
import io.millrace.catalog.TableDefinition;
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

    /**
     * Reads the log back, beside what the server itself shows, and opens all streams and tables; one that cannot be opened
     * is kept out of use, the others serve.
     */
    public synchronized void open(Collection<SystemTable> systemTables) {
        Set<Long> stored = engine.storedLogs();
        Map<Long, StoredRelation> live = new LinkedHashMap<>();
        Set<Long> dropped = new HashSet<>();
        read(live, dropped);
        for (long id : stored) {
            if (dropped.contains(id)) {
                engine.dropStream(id);
            } else if (id != LOG.id() && !live.containsKey(id)) {
                throw damaged("it does not know stream or table number " + id + ", of which there is a log", null);
            }
        }
        for (StoredRelation definition : live.values()) {
            try {
                open(definition);
            } catch (RuntimeException failure) {
                failures.put(definition.id(), outOfUse(definition, failure));
            }
        }
        current = CatalogSnapshot.EMPTY
                .withSystemTables(systemTables)
                .with(live.values().toArray(StoredRelation[]::new));
    }

    private void open(StoredRelation definition) {
        if (definition instanceof TableDefinition table) {
            engine.tables().open(table);
        } else {
            engine.openStream((StreamDefinition) definition);
        }
    }

    private void close(StoredRelation definition) {
        if (definition instanceof TableDefinition) {
            engine.tables().drop(definition.id());
        } else {
            engine.dropStream(definition.id());
        }
    }

    private void read(Map<Long, StoredRelation> live, Set<Long> dropped) {
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

    private static MillraceException outOfUse(StoredRelation definition, RuntimeException failure) {
        String name = definition.noun() + " \"" + definition.name() + "\"";
        if (failure instanceof MillraceException known) {
            LOGGER.error("{} is out of use: {}", name, failure.getMessage());
            return known;
        }
        LOGGER.error("{} is out of use", name, failure);
        return new MillraceException(ErrorCode.IO_ERROR, name + " cannot be opened: " + failure, failure);
    }

    /** Why a stream or table is out of use; null when it is not. */
    public @Nullable MillraceException failure(long id) {
        return failures.get(id);
    }

    /** Adds streams and tables as one change; the definitions come back with their ids. */
    public synchronized List<StoredRelation> create(List<? extends StoredRelation> definitions) {
        List<StoredRelation> created = new ArrayList<>();
        for (StoredRelation definition : definitions) {
            Relation present = current.relation(definition.name());
            if (present != null) {
                throw new MillraceException(
                        ErrorCode.DUPLICATE_OBJECT, present.noun() + " \"" + definition.name() + "\" exists already");
            }
            created.add(definition.withId(++lastId));
        }
        record(CREATE, created);
        openOrUndo(created);
        current = current.with(created.toArray(StoredRelation[]::new));
        return created;
    }

    /** What a log cannot be made for must not be there after the next start. */
    private void openOrUndo(List<StoredRelation> created) {
        try {
            created.forEach(this::open);
        } catch (RuntimeException failure) {
            record(DROP, created);
            created.forEach(this::close);
            throw failure;
        }
    }

    /** Removes streams and tables as one change; queries on the streams end. */
    public synchronized void drop(List<? extends StoredRelation> definitions) {
        record(DROP, definitions);
        current = current.without(definitions.stream().map(StoredRelation::name).toArray(String[]::new));
        for (StoredRelation definition : definitions) {
            failures.remove(definition.id());
            close(definition);
        }
    }

    private void replay(ResultBatch batch, Map<Long, StoredRelation> live, Set<Long> dropped) {
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
            live.put(id, definition(statements.string(row)).withId(id));
        }
    }

    private StoredRelation definition(String statement) {
        StatementPlan plan = planner.plan(statement, CatalogSnapshot.EMPTY);
        if (plan instanceof StatementPlan.CreateStream create) {
            return create.definition();
        }
        if (plan instanceof StatementPlan.CreateTable create) {
            return create.definition();
        }
        throw MillraceException.internal("the catalog holds \"" + statement + "\"");
    }

    private void record(String action, List<? extends StoredRelation> definitions) {
        List<ColumnBuilder> builders =
                LOG.columnTypes().stream().map(ColumnBuilder::of).toList();
        for (StoredRelation definition : definitions) {
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
