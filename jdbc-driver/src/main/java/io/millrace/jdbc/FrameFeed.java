package io.millrace.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.jspecify.annotations.Nullable;

/** The frames of one result in order; asks for the next one ahead when rows come faster than they are read. */
final class FrameFeed {
    /** A frame of so many rows tells that more wait on the server. */
    private static final int PREFETCH_ROWS = 1024;

    private final StatementRuns runs;
    private final Execution run;
    private final StatementHandle handle;
    private final FetchClient client;

    private int fetchSize;
    private long remaining;
    private long offset;
    private boolean done;
    private @Nullable CompletableFuture<ColumnFrame> ahead;

    /**
     * @param maxRows 0: no limit
     * @param empty whether the server has said already that there are no rows
     */
    FrameFeed(StatementRuns runs, Execution run, int fetchSize, long maxRows, boolean empty) throws SQLException {
        this.runs = runs;
        this.run = run;
        this.handle = runs.handle();
        this.client = runs.session().fetches();
        this.fetchSize = fetchSize;
        this.remaining = maxRows == 0 ? Long.MAX_VALUE : maxRows;
        this.done = empty;
        byte[] brought = run.rows();
        boolean complete = empty;
        if (brought != null) {
            ColumnFrame frame = FrameReader.read(brought);
            ahead = CompletableFuture.completedFuture(frame);
            complete |= frame.done();
        }
        if (complete) {
            run.finish();
        } else {
            runs.session().keepAlive().watch(run);
        }
    }

    void setFetchSize(int fetchSize) {
        this.fetchSize = fetchSize;
    }

    void check() throws SQLException {
        run.check();
    }

    /** Waits for rows; null after the last one. */
    @Nullable
    ColumnFrame next() throws SQLException {
        while (!done) {
            if (remaining == 0) {
                done = true;
                runs.stop(run);
                return null;
            }
            ColumnFrame frame = receive();
            if (frame.offset() != offset || frame.rows() > remaining) {
                throw SqlErrors.of(
                        SqlErrors.PROTOCOL,
                        "the server sent " + frame.rows() + " rows from " + frame.offset() + " where at most "
                                + remaining + " from " + offset + " were asked for");
            }
            offset += frame.rows();
            remaining -= frame.rows();
            if (frame.done()) {
                done = true;
                run.finish();
            } else if (remaining == 0) {
                // tell the server now: the reader may never ask for more
                done = true;
                runs.stop(run);
            } else if (frame.rows() >= Math.min(wanted(), PREFETCH_ROWS)) {
                ahead = client.fetchAhead(handle, offset, wanted());
            }
            if (frame.rows() > 0) {
                return frame;
            }
        }
        return null;
    }

    private ColumnFrame receive() throws SQLException {
        CompletableFuture<ColumnFrame> first = ahead;
        ahead = null;
        try {
            if (first != null) {
                try {
                    return run.await(first);
                } catch (IOException lost) {
                    // asked for again below, with the patience that any request gets
                }
            }
            return client.calls().persist(run, () -> client.fetch(run, handle, offset, wanted()));
        } catch (SQLException failed) {
            run.finish();
            throw isForgotten(failed) ? forgotten(failed) : failed;
        }
    }

    private int wanted() {
        return FetchSizes.wanted(fetchSize, remaining);
    }

    private static boolean isForgotten(SQLException failed) {
        return SqlErrors.NO_CONNECTION.equals(failed.getSQLState())
                || SqlErrors.NO_SUCH_STATEMENT.equals(failed.getSQLState())
                || SqlErrors.NO_SUCH_CURSOR.equals(failed.getSQLState());
    }

    private static SQLException forgotten(SQLException failed) {
        return SqlErrors.of(
                SqlErrors.CONNECTION_LOST,
                "the server no longer has this result: it was restarted, or no rows were asked for too long. Run the"
                        + " statement again",
                failed);
    }
}
