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
    private final FetchClient client;
    private final @Nullable ResultProgress progress;

    private StatementHandle handle;
    private int fetchSize;
    private long remaining;
    private long offset;
    private boolean done;
    private @Nullable CompletableFuture<ColumnFrame> ahead;

    /**
     * @param maxRows 0: no limit
     * @param empty whether the server has said already that there are no rows
     * @param progress of a result that goes on when it was cut off; null of others
     */
    FrameFeed(
            StatementRuns runs,
            Execution run,
            int fetchSize,
            long maxRows,
            boolean empty,
            @Nullable ResultProgress progress)
            throws SQLException {
        this.runs = runs;
        this.run = run;
        this.handle = runs.handle();
        this.client = runs.session().fetches();
        this.progress = progress;
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
            ColumnFrame given = frame.offset() == offset && progress != null ? progress.take(frame) : frame;
            if (frame.offset() != offset || given.given() > remaining) {
                run.finish();
                throw SqlErrors.of(
                        SqlErrors.PROTOCOL,
                        "the server sent " + given.given() + " rows from " + frame.offset() + " where at most "
                                + remaining + " from " + offset + " were asked for");
            }
            offset += frame.rows();
            remaining -= given.given();
            if (frame.done()) {
                done = true;
                run.finish();
            } else if (remaining == 0 || (progress != null && progress.isComplete())) {
                // tell the server now: the reader may never ask for more
                done = true;
                runs.stop(run);
            } else if (frame.rows() >= Math.min(wanted(), PREFETCH_ROWS)) {
                ahead = client.fetchAhead(handle, offset, wanted());
            }
            if (given.given() > 0) {
                return given;
            }
        }
        return null;
    }

    /** The next frame, if need be of the statement that was run again. */
    private ColumnFrame receive() throws SQLException {
        long lostSince = 0;
        SQLException busy = null;
        for (int attempt = 1; ; attempt++) {
            try {
                return fetch();
            } catch (SQLException failed) {
                long now = System.nanoTime();
                lostSince = attempt == 1 ? now : lostSince;
                if (progress == null || !isCutOff(failed) || client.calls().isTooLate(now - lostSince)) {
                    run.finish();
                    SQLException reason = busy != null && isCutOff(failed) ? busy : failed;
                    throw isForgotten(reason) ? forgotten(reason) : reason;
                }
            }
            busy = goOn(progress, attempt);
        }
    }

    /** What to fail with if it is not worth trying once more; null when the statement has been run again. */
    private @Nullable SQLException goOn(ResultProgress from, int attempt) throws SQLException {
        try {
            if (attempt > 1) {
                run.pause(RemoteCalls.pauseBefore(attempt));
            }
            run.repeat(from.goOn());
            byte[] brought = run.rows();
            ahead = brought == null ? null : CompletableFuture.completedFuture(FrameReader.read(brought));
        } catch (SQLException failed) {
            if (!isCutOff(failed) && !isBusy(failed)) {
                run.finish();
                throw failed;
            }
            return failed; // the next fetch fails, too
        }
        handle = runs.handle();
        offset = 0;
        return null;
    }

    private ColumnFrame fetch() throws SQLException {
        CompletableFuture<ColumnFrame> first = ahead;
        ahead = null;
        if (first != null) {
            try {
                return run.await(first);
            } catch (IOException lost) {
                // asked for again below, with the patience that any request gets
            }
        }
        return client.calls().persist(run, () -> client.fetch(run, handle, offset, wanted()));
    }

    private int wanted() {
        long repeats = progress == null ? 0 : progress.repeats();
        return FetchSizes.wanted(fetchSize, Math.max(remaining, remaining + repeats)); // which has no end, or adds up
    }

    /** Whether the server has ended the result for no reason that lies in the statement. */
    private static boolean isCutOff(SQLException failed) {
        return isForgotten(failed)
                || SqlErrors.SHUTTING_DOWN.equals(failed.getSQLState())
                || (SqlErrors.CANCELLED.equals(failed.getSQLState()) && failed.getErrorCode() == SqlErrors.ABANDONED);
    }

    /** Whether a server that has just been started, and that all come back to, has no time for the statement yet. */
    private static boolean isBusy(SQLException failed) {
        return SqlErrors.TOO_MANY.equals(failed.getSQLState()) || SqlErrors.TOO_COMPLEX.equals(failed.getSQLState());
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
