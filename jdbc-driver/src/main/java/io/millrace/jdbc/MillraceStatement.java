package io.millrace.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** A statement that runs any SQL text. Cancel and close may come from any thread. */
final class MillraceStatement extends AvaticaStatement implements RunningStatement {
    /** The feed counts the rows: in protobuf a first frame of no rows can be asked for only without a limit. */
    private static final long NO_LIMIT = 0;

    private final MillraceConnection owner;
    private final StatementRuns runs;
    private final StatementLife life;

    MillraceStatement(
            MillraceConnection connection,
            @Nullable StatementHandle handle,
            int type,
            int concurrency,
            int holdability) {
        super(connection, handle, type, concurrency, holdability);
        this.owner = connection;
        RemoteSession session = connection.session();
        this.runs = new StatementRuns(session, this.handle, session::createStatement);
        this.life = new StatementLife(connection, this, runs);
    }

    @Override
    protected void executeInternal(String sql) throws SQLException {
        closeOpenResult();
        updateCount = -1;
        RunLimits limits = new RunLimits(getQueryTimeout(), getLargeMaxRows());
        Execution run = runs.begin(limits);
        try {
            Service.ExecuteResponse executed = runs.ask(
                    run,
                    limits,
                    Service.ExecuteResponse.class,
                    target -> new Service.PrepareAndExecuteRequest(target.connectionId, target.id, sql, NO_LIMIT, 0));
            accept(run, Results.only(executed), sql);
        } catch (SQLException failed) {
            run.finish();
            throw failed;
        }
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        checkOpen();
        executeInternal(sql);
        ResultSet rows = openResultSet;
        if (rows == null) {
            throw StatementLife.givesNoRows();
        }
        return rows;
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        checkOpen();
        executeInternal(sql);
        if (openResultSet != null) {
            closeOpenResult();
            throw StatementLife.givesRows();
        }
        return updateCount;
    }

    /** Runs the batch that the library collected. */
    long[] executeBatch(List<String> statements) throws SQLException {
        closeOpenResult();
        RunLimits limits = new RunLimits(getQueryTimeout(), 0);
        Execution run = runs.begin(limits);
        try {
            return runs.ask(
                            run,
                            limits,
                            Service.ExecuteBatchResponse.class,
                            target -> new Service.PrepareAndExecuteBatchRequest(
                                    target.connectionId, target.id, statements))
                    .updateCounts;
        } catch (SQLException failed) {
            throw StatementLife.batchFailed(failed);
        } finally {
            run.finish();
        }
    }

    private void accept(Execution run, Service.ResultSetResponse result, String sql) throws SQLException {
        AvaticaResultSet rows = Results.open(owner, this, runs, run, result, sql);
        openResultSet = rows;
        updateCount = rows == null ? Math.max(0, result.updateCount) : -1;
    }

    @Override
    public void cancel() throws SQLException {
        life.cancel();
    }

    @Override
    public void resultClosed(StreamingResultSet result) {
        runs.end(End.RESULT_CLOSED);
        runs.awaitSettled();
        if (closeOnCompletion) {
            close_();
        }
    }

    @Override
    public void close() throws SQLException {
        close(End.STATEMENT_CLOSED);
    }

    @Override
    public void close(End reason) throws SQLException {
        if (life.close(reason)) {
            closed = true;
            if (openResultSet instanceof StreamingResultSet rows) {
                rows.closeHere();
            }
        }
    }

    @Override
    protected void close_() {
        RemoteFailure.carry(() -> {
            close(End.STATEMENT_CLOSED);
            return true;
        });
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (closed) {
            life.checkOpen();
        }
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        super.setFetchSize(FetchSizes.check(rows));
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
    }

    private void closeOpenResult() {
        AvaticaResultSet rows = openResultSet;
        openResultSet = null;
        // a result that is read again must not close the statement that reads it
        boolean closes = closeOnCompletion;
        closeOnCompletion = false;
        if (rows != null) {
            rows.close();
        }
        closeOnCompletion = closes;
    }
}
