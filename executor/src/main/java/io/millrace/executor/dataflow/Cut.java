package io.millrace.executor.dataflow;

import io.millrace.executor.circuit.PinnedStream;
import io.millrace.executor.table.PinnedTable;
import java.util.HashMap;
import java.util.Map;

/**
 * A cut through all streams and tables: a step takes what lies between two of them.
 *
 * @param sequence of the commits that are before it
 * @param streams by their numbers
 * @param tables by their numbers; without rows when the cut was made before
 */
public record Cut(long sequence, Map<Long, PinnedStream> streams, Map<Long, PinnedTable> tables) {
    static final Cut NOTHING = new Cut(Long.MIN_VALUE, Map.of(), Map.of());

    /** The block of a log, of a stream or a table, before which the cut is; 0 when there is none. */
    long endLsn(long id) {
        PinnedStream stream = streams.get(id);
        if (stream != null) {
            return stream.endLsn();
        }
        PinnedTable table = tables.get(id);
        return table == null ? 0 : table.endLsn();
    }

    /** The first block that is kept of a log; 0 of that of a table, which is kept as a whole. */
    long startLsn(long id) {
        PinnedStream stream = streams.get(id);
        return stream == null ? 0 : stream.startLsn();
    }

    /** Where it is in each log. */
    Map<Long, Long> ends() {
        Map<Long, Long> ends = new HashMap<>();
        streams.forEach((id, stream) -> ends.put(id, stream.endLsn()));
        tables.forEach((id, table) -> ends.put(id, table.endLsn()));
        return ends;
    }

    /** An earlier cut through the same logs, which comes before all commits of this run. */
    Cut at(Map<Long, Long> ends) {
        return at(ends, NOTHING.sequence);
    }

    /** The same, with a number of its own, which is negative. */
    Cut at(Map<Long, Long> ends, long earlierSequence) {
        Map<Long, PinnedStream> earlierStreams = new HashMap<>();
        streams.forEach((id, stream) -> earlierStreams.put(
                id, new PinnedStream(stream.stream(), stream.startLsn(), ends.getOrDefault(id, 0L))));
        Map<Long, PinnedTable> earlierTables = new HashMap<>();
        tables.forEach(
                (id, table) -> earlierTables.put(id, new PinnedTable(table.table(), null, ends.getOrDefault(id, 0L))));
        return new Cut(earlierSequence, earlierStreams, earlierTables);
    }
}
