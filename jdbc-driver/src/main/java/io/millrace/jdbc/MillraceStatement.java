package io.millrace.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** A statement that runs any SQL text. Cancel and close may come from any thread. */
final class MillraceStatement extends AvaticaStatement implements RunningStatement, NumberedStatement {
    /** The feed counts the rows: in protobuf a first frame of no rows can be asked for only without a limit. */
    private static final long NO_LIMIT = 0;

    private static final int LONGEST_TIMEOUT = Integer.MAX_VALUE / 1000;

    private final MillraceConnection owner;
    private final StatementRuns runs;
    private final StatementLife life;
    private final Warnings warnings = new Warnings();

    private boolean escapes = true;

    MillraceStatement(
            MillraceConnection connection, StatementHandle handle, int type, int concurrency, int holdability) {
        super(connection, StatementRuns.inLibrary(handle), type, concurrency, holdability);
        this.handle = handle;
        this.owner = connection;
        RemoteSession session = connection.session();
        this.runs = new StatementRuns(session, handle, warnings, session::createStatement);
        this.life = new StatementLife(connection, this, runs);
    }

    @Override
    protected void executeInternal(String sql) throws SQLException {
        closeOpenResult();
        warnings.clear();
        updateCount = -1;
        String text = escapes ? SqlEscapes.translate(sql) : sql;
        RunLimits limits = RunLimits.ofQuery(getQueryTimeout(), getLargeMaxRows(), getFetchSize());
        Execution run = runs.begin(limits);
        try {
            Service.ExecuteResponse executed = runs.ask(
                    run,
                    limits,
                    Service.ExecuteResponse.class,
                    target -> new Service.PrepareAndExecuteRequest(target.connectionId, target.id, text, NO_LIMIT, 0));
            accept(run, Results.only(executed), text);
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

    /** Runs the batch that the library collected: one statement after the other, up to the first that fails. */
    long[] executeBatch(List<String> statements) throws SQLException {
        if (runs.isNumbered()) {
            throw SqlErrors.notSupported("a number of a batch of statements, of which each needs its own,");
        }
        long[] counts = new long[statements.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                counts[i] = executeLargeUpdate(statements.get(i));
            } catch (SQLException failed) {
                throw StatementLife.batchFailed(failed, Arrays.copyOf(counts, i));
            }
        }
        updateCount = -1;
        return counts;
    }

    private void accept(Execution run, Service.ResultSetResponse result, String sql) throws SQLException {
        AvaticaResultSet rows = Results.open(owner, this, runs, run, result, sql);
        openResultSet = rows;
        updateCount = rows == null ? Math.max(0, result.updateCount) : -1;
    }

    @Override
    public void setNumber(long previous, long number) throws SQLException {
        checkOpen();
        runs.number(previous, number);
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

    // what JDBC lets a program ask of any statement

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings.first();
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        warnings.clear();
    }

    /** Empty: no keys are generated. */
    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return owner.rowsOfMetadata(MetadataColumns.GENERATED_KEYS, Meta.Frame.EMPTY);
    }

    /** A statement has one result, so none follows. */
    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        if (current != CLOSE_CURRENT_RESULT && current != KEEP_CURRENT_RESULT && current != CLOSE_ALL_RESULTS) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "nothing to do with the current result: " + current);
        }
        if (current == KEEP_CURRENT_RESULT) {
            openResultSet = null;
        } else {
            closeOpenResult();
        }
        updateCount = -1;
        return false;
    }

    /** Names a cursor for positioned updates, of which there are none. */
    @Override
    public void setCursorName(String name) throws SQLException {
        checkOpen();
    }

    @Override
    public void setMaxFieldSize(int bytes) throws SQLException {
        checkOpen();
        if (bytes < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "the size of a field must not be negative: " + bytes);
        }
        if (bytes > 0) {
            throw SqlErrors.notSupported("a limit to the size of fields");
        }
    }

    @Override
    public void setLargeMaxRows(long rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "the number of rows must not be negative: " + rows);
        }
        super.setLargeMaxRows(rows);
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        if (seconds < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "timeout must not be negative: " + seconds);
        }
        super.setQueryTimeout(Math.min(seconds, LONGEST_TIMEOUT));
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != ResultSet.FETCH_FORWARD
                && direction != ResultSet.FETCH_REVERSE
                && direction != ResultSet.FETCH_UNKNOWN) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "no direction to fetch in: " + direction);
        }
        super.setFetchDirection(direction);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw SqlErrors.of(SqlErrors.INVALID_VALUE, "this is no wrapper for " + type.getName());
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
        escapes = enable;
    }

    // no keys are generated, so that it does not matter which are asked for

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        return execute(sql);
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        return execute(sql);
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        return execute(sql);
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return executeUpdate(sql);
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return executeLargeUpdate(sql);
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return executeLargeUpdate(sql);
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return executeLargeUpdate(sql);
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
