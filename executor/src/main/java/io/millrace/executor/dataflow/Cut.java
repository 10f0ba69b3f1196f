package io.millrace.executor.dataflow;

import io.millrace.executor.circuit.PinnedStream;
import io.millrace.executor.table.PinnedTable;
import java.util.Map;

/**
 * A cut through all streams and tables: a step takes what lies between two of them.
 *
 * @param sequence of the commits that are before it
 * @param streams by their numbers
 * @param tables by their numbers
 */
public record Cut(long sequence, Map<Long, PinnedStream> streams, Map<Long, PinnedTable> tables) {
    static final Cut NOTHING = new Cut(-1, Map.of(), Map.of());

    /** The block of a log, of a stream or a table, before which the cut is; 0 when there is none. */
    long endLsn(long id) {
        PinnedStream stream = streams.get(id);
        if (stream != null) {
            return stream.endLsn();
        }
        PinnedTable table = tables.get(id);
        return table == null ? 0 : table.endLsn();
    }
}
