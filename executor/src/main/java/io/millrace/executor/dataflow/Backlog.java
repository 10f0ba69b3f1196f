package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.LogReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier run of the server wrote to the logs and made no step of. Where the steps would have ended that were to come is not
 * known any more; the times at which the blocks were appended tell an order that puts none before those that had been acknowledged
 * when it came, and divides no append. (Of a clock that was set back the order between two logs may be another, until all is taken.)
 */
final class Backlog implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Backlog.class);

    private final Cut to;
    private final List<Tail> tails = new ArrayList<>();

    /** What is left to be read of a log. */
    private static final class Tail {
        final long id;
        private final LogReader reader;
        private final long endLsn;
        /** Rows from the first block on. */
        final long rows;

        boolean hasBlock;

        Tail(long id, Log log, long lsn, long endLsn) {
            this.id = id;
            this.endLsn = endLsn;
            reader = log.reader(lsn);
            try {
                next();
                rows = hasBlock ? log.end().rowCount() - reader.firstRow() : 0;
            } catch (RuntimeException | Error unreadable) {
                reader.close();
                throw unreadable;
            }
        }

        void next() {
            hasBlock = reader.next(endLsn);
        }

        long lsn() {
            return hasBlock ? reader.lsn() : endLsn;
        }

        long time() {
            return reader.appendTime();
        }
    }

    private Backlog(Cut to) {
        this.to = to;
    }

    /**
     * Cuts after one, up to another, each after the one before; none when there are few rows.
     *
     * @param from the earlier, before everything that this run has made visible
     * @param to the later
     * @param rows between two of them, or a little more
     * @param most how many there may be: if need be, there are more rows between them
     */
    static List<MarkedCut> cuts(Cut from, Cut to, long rows, int most) {
        List<MarkedCut> cuts = new ArrayList<>();
        try (Backlog backlog = new Backlog(to)) {
            to.streams()
                    .forEach((id, stream) ->
                            backlog.add(id, stream.stream().log(), Math.max(from.endLsn(id), stream.startLsn())));
            to.tables().forEach((id, table) -> backlog.add(id, table.table().log(), from.endLsn(id)));
            backlog.divide(Math.max(rows, backlog.rows() / most + 1), cuts);
        } catch (MillraceException unreadable) { // whoever needs the log meets that again
            LOGGER.warn("what came before the start is not taken in parts: {}", unreadable.getMessage());
        }
        return cuts;
    }

    private void add(long id, Log log, long lsn) {
        if (lsn < to.endLsn(id)) {
            tails.add(new Tail(id, log, lsn, to.endLsn(id)));
        }
    }

    private long rows() {
        return tails.stream().mapToLong(tail -> tail.rows).sum();
    }

    private void divide(long rows, List<MarkedCut> into) {
        if (rows() <= rows) {
            return;
        }
        long taken = 0;
        long time = Long.MIN_VALUE;
        for (Tail next = earliest(); next != null; next = earliest()) {
            if (taken >= rows && next.time() > time) {
                Map<Long, Long> ends = new HashMap<>(to.ends());
                tails.forEach(tail -> ends.put(tail.id, tail.lsn()));
                into.add(new MarkedCut(to.at(ends, Cut.NOTHING.sequence() + 1 + into.size()), taken));
                taken = 0;
            }
            time = Math.max(time, next.time());
            taken += next.reader.block().rowCount();
            next.next();
        }
        into.add(new MarkedCut(to, taken));
    }

    private @Nullable Tail earliest() {
        Tail earliest = null;
        for (Tail tail : tails) {
            if (tail.hasBlock && (earliest == null || tail.time() < earliest.time())) {
                earliest = tail;
            }
        }
        return earliest;
    }

    @Override
    public void close() {
        tails.forEach(tail -> tail.reader.close());
    }
}
