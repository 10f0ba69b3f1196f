package io.millrace.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.avatica.remote.Service;

/** How a statement ends: once, by itself, by its result or by its connection. */
final class StatementLife {
    private final MillraceConnection connection;
    private final RunningStatement statement;
    private final StatementRuns runs;
    private final AtomicBoolean closed = new AtomicBoolean();

    StatementLife(MillraceConnection connection, RunningStatement statement, StatementRuns runs) {
        this.connection = connection;
        this.statement = statement;
        this.runs = runs;
        connection.opened(statement);
    }

    /** False when it was closed before. */
    boolean close(End reason) throws SQLException {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        runs.shut(reason);
        connection.closed(statement);
        if (reason != End.CONNECTION_CLOSED && runs.handle().id != StatementRuns.NOT_ON_SERVER) {
            runs.session()
                    .closeQuietly(new Service.CloseStatementRequest(runs.handle().connectionId, runs.handle().id));
        }
        return true;
    }

    boolean isClosed() {
        return closed.get();
    }

    void checkOpen() throws SQLException {
        End reason = runs.shut();
        if (reason != null) {
            throw reason.exception();
        }
    }

    void cancel() throws SQLException {
        checkOpen();
        runs.end(End.CANCELLED);
        runs.awaitSettled();
    }

    static SQLException givesRows() {
        return SqlErrors.of(SqlErrors.WRONG_KIND, "the statement gives rows. Use executeQuery");
    }

    static SQLException givesNoRows() {
        return SqlErrors.of(SqlErrors.WRONG_KIND, "the statement gives no rows. Use executeUpdate");
    }

    /** @param counts of the statements that were carried out before; a batch of rows is appended as a whole */
    static BatchUpdateException batchFailed(SQLException failed, long[] counts) {
        return new BatchUpdateException(
                failed.getMessage(), failed.getSQLState(), failed.getErrorCode(), counts, failed);
    }
}
