package io.millrace.executor.circuit;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.LogHold;
import io.millrace.executor.table.TableVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One cut through streams and tables: for each stream the end of its log, for each table a version. A write is before the
 * cut, or behind it; what is before it has all with it that was acknowledged before it began.
 *
 * <p>Queries that are given the same position see the same rows, whatever is written meanwhile. Thread-safe. A position
 * keeps the rows of its tables in memory, and the logs of its streams if it is told to, until it is closed.
 */
public final class ReadPosition implements AutoCloseable {
    private final long number;
    private final Map<Long, PinnedStream> streams;
    private final Map<Long, TableVersion> tables;
    private final List<LogHold> holds = new CopyOnWriteArrayList<>();

    /**
     * @param number of the last step of the views that is not behind it
     * @param streams by their numbers, with the ends up to which they are read
     * @param tables versions by the number of the table
     */
    public ReadPosition(long number, Map<Long, PinnedStream> streams, Map<Long, TableVersion> tables) {
        this.number = number;
        this.streams = new ConcurrentHashMap<>(streams);
        this.tables = new ConcurrentHashMap<>(tables);
    }

    /** Keeps what streams have now, so that all who read at this position see the same. */
    public ReadPosition keepStreams() {
        try {
            for (PinnedStream pinned : streams.values()) {
                holds.add(pinned.stream().log().hold(pinned.startLsn()));
            }
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
        return this;
    }

    /** The number of the last step of the views that is not behind it. */
    public long number() {
        return number;
    }

    /** A stream, and how far it is read. */
    PinnedStream stream(long streamId, String name) {
        return present(streams.get(streamId), "stream", name);
    }

    /** The rows of a table. */
    public TableVersion table(long tableId, String name) {
        return present(tables.get(tableId), "table", name);
    }

    /** The same cut, but for one table. */
    public ReadPosition with(long tableId, TableVersion version) {
        ReadPosition other = new ReadPosition(number, streams, tables);
        other.tables.put(tableId, version);
        return other;
    }

    private static <T> T present(@org.jspecify.annotations.Nullable T found, String noun, String name) {
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_OBJECT, noun + " \"" + name + "\" did not exist at the position that is read");
        }
        return found;
    }

    /** Lets go of the rows; queries that have begun keep theirs. */
    @Override
    public void close() {
        holds.forEach(LogHold::close);
        holds.clear();
        streams.clear();
        tables.clear();
    }
}
