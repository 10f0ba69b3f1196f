package io.millrace.jdbc;

import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** A statement that was prepared; it is prepared again on a server that does not know it any more. */
final class MillracePreparedStatement extends ParameterSetters implements RunningStatement, NumberedStatement {
    private static final int LONGEST_TIMEOUT = Integer.MAX_VALUE / 1000;

    private final MillraceConnection owner;
    private final String sql;
    private final StatementRuns runs;
    private final StatementLife life;
    private final Warnings warnings = new Warnings();

    MillracePreparedStatement(
            MillraceConnection connection,
            StatementHandle handle,
            Meta.Signature signature,
            String sql,
            int type,
            int concurrency,
            int holdability)
            throws SQLException {
        super(connection, StatementRuns.inLibrary(handle), signature, type, concurrency, holdability);
        this.handle = handle;
        this.owner = connection;
        this.sql = sql;
        RemoteSession session = connection.session();
        this.runs = new StatementRuns(session, handle, warnings, run -> session.prepare(run, sql));
        this.life = new StatementLife(connection, this, runs);
    }

    @Override
    public boolean execute() throws SQLException {
        checkOpen();
        run();
        return openResultSet != null;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        checkOpen();
        run();
        ResultSet rows = openResultSet;
        if (rows == null) {
            throw StatementLife.givesNoRows();
        }
        return rows;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        checkOpen();
        run();
        if (openResultSet != null) {
            closeOpenResult();
            throw StatementLife.givesRows();
        }
        return updateCount;
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        parameterValueBatch.add(boundParameters());
    }

    /** One request, which the server appends as a whole. */
    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        closeOpenResult();
        if (parameterValueBatch.isEmpty()) {
            return new long[0];
        }
        List<List<TypedValue>> rows = List.copyOf(parameterValueBatch);
        parameterValueBatch.clear();
        RunLimits limits = RunLimits.ofUpdate(getQueryTimeout());
        Execution run = runs.begin(limits);
        try {
            return runs.ask(
                            run,
                            limits,
                            Service.ExecuteBatchResponse.class,
                            target -> new Service.ExecuteBatchRequest(target.connectionId, target.id, rows))
                    .updateCounts;
        } catch (SQLException failed) {
            throw StatementLife.batchFailed(failed, new long[0]);
        } finally {
            run.finish();
        }
    }

    /** Null for a statement that gives no rows. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return getSignature().columns.isEmpty() ? null : super.getMetaData();
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return new MillraceParameterMetaData(getSignature().parameters);
    }

    private void run() throws SQLException {
        closeOpenResult();
        warnings.clear();
        updateCount = -1;
        List<TypedValue> parameters = boundParameters();
        RunLimits limits = RunLimits.ofQuery(getQueryTimeout(), getLargeMaxRows(), getFetchSize())
                .knowingColumns();
        Execution run = runs.begin(limits);
        try {
            Service.ExecuteResponse executed = runs.ask(
                    run,
                    limits,
                    Service.ExecuteResponse.class,
                    target -> new Service.ExecuteRequest(
                            new StatementHandle(target.connectionId, target.id, null), parameters, 0));
            accept(run, Results.only(executed), sql);
        } catch (SQLException failed) {
            run.finish();
            throw failed;
        }
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
        // the text was read when it was prepared
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
