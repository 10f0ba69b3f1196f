package io.millrace.server.catalog;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.CreatedObject;
import io.millrace.catalog.SinkDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.work.Waits;
import io.millrace.plan.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The statements that made the catalog, as a log: what is written at once is on disk whole or not at all. What is created again under
 * its number has been altered. It is stream 0 of the engine. For one thread at a time.
 */
final class CatalogLog {
    private static final String CREATE = "CREATE";
    private static final String CREATE_VIEW = "CREATE VIEW";
    private static final String CREATE_SINK = "CREATE SINK";
    private static final String DROP = "DROP";

    /** What happened to which object, and the statement. */
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

    CatalogLog(StreamEngine engine) {
        this.engine = engine;
    }

    /**
     * What the log comes to.
     *
     * @param live the statements of what is there, by numbers, in the order in which it came
     * @param dropped the numbers of what is gone
     * @param lastId the highest number that was ever given
     */
    record Content(Map<Long, Entry> live, Set<Long> dropped, long lastId) {}

    /** Something that is there. */
    record Entry(String name, String sql, Kind kind) {}

    /** What there can be. */
    enum Kind {
        STORED(CREATE),
        VIEW(CREATE_VIEW),
        SINK(CREATE_SINK);

        private final String action;

        Kind(String action) {
            this.action = action;
        }

        static Kind of(String action) {
            return Arrays.stream(values())
                    .filter(kind -> kind.action.equals(action))
                    .findFirst()
                    .orElseThrow(() -> damaged("it says \"" + action + "\"", null));
        }

        static Kind of(CreatedObject object) {
            return object instanceof SinkDefinition ? SINK : object instanceof ViewDefinition ? VIEW : STORED;
        }
    }

    static List<DataType> columnTypes() {
        return LOG.columnTypes();
    }

    boolean isOwn(long id) {
        return id == LOG.id();
    }

    /** Opens the log and reads it. */
    Content read() {
        try {
            engine.openStream(LOG);
            Map<Long, Entry> live = new TreeMap<>();
            Set<Long> dropped = new TreeSet<>();
            long lastId = 0;
            for (ResultBatch batch : CatalogReader.readAll(engine, LOG)) {
                lastId = Math.max(lastId, replay(batch, live, dropped));
            }
            return new Content(live, dropped, lastId);
        } catch (MillraceException failure) {
            throw failure.code() == ErrorCode.DATA_CORRUPTED ? damaged(failure.primary(), failure) : failure;
        }
    }

    private static long replay(ResultBatch batch, Map<Long, Entry> live, Set<Long> dropped) {
        StringColumn actions = (StringColumn) batch.columns().get(0);
        LongColumn ids = (LongColumn) batch.columns().get(1);
        StringColumn names = (StringColumn) batch.columns().get(2);
        StringColumn statements = (StringColumn) batch.columns().get(3);
        long lastId = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            long id = ids.get(row);
            lastId = Math.max(lastId, id);
            String action = actions.string(row);
            if (action.equals(DROP)) {
                live.remove(id);
                dropped.add(id);
            } else {
                live.put(id, new Entry(names.string(row), statements.string(row), Kind.of(action)));
            }
        }
        return lastId;
    }

    /** Without a whole catalog nothing is served, lest streams that are there seem to be missing. */
    static MillraceException damaged(String why, @Nullable MillraceException cause) {
        return new MillraceException(ErrorCode.DATA_CORRUPTED, "the catalog is damaged: " + why, cause)
                .withHint("Restore the directory streams/" + LOG.id()
                        + " of the data directory from a copy; nothing has been changed.");
    }

    /** Writes that some are gone and others there, as one change; returns when it is on disk. */
    void write(List<? extends CreatedObject> dropped, List<? extends CreatedObject> created) {
        List<ColumnBuilder> builders =
                LOG.columnTypes().stream().map(ColumnBuilder::of).toList();
        dropped.forEach(object -> add(builders, DROP, object));
        created.forEach(object -> add(builders, Kind.of(object).action, object));
        List<Column> columns = builders.stream().map(ColumnBuilder::build).toList();
        try {
            Waits.join(engine.append(LOG.id(), columns, dropped.size() + created.size(), null));
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof MillraceException cause
                    ? cause
                    : new MillraceException(ErrorCode.IO_ERROR, "the catalog could not be written", failure);
        }
    }

    private static void add(List<ColumnBuilder> builders, String action, CreatedObject object) {
        builders.get(0).appendValue(action);
        builders.get(1).appendLong(object.id());
        builders.get(2).appendValue(object.name());
        builders.get(3).appendValue(object.sql());
    }
}
