package io.millrace.jdbc;

import static io.millrace.jdbc.RemoteFailure.translate;

import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;

/** A connection whose statements may run at the same time, each in a thread of its own. */
final class MillraceConnection extends ConnectionDefaults {
    private static final Trojan LIBRARY = createTrojan();

    private final Set<RunningStatement> statements = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;
    private final DatabaseMetaData description = new MillraceMetaData(this);

    MillraceConnection(MillraceDriver driver, AvaticaFactory factory, String url, Properties info) {
        super(driver, factory, url, info);
    }

    /** Also while the library's constructor runs. */
    ConnectionSettings settings() {
        return ((OpeningProperties) info).settings();
    }

    RemoteSession session() {
        return (RemoteSession) meta;
    }

    DriverVersion version() {
        return driver.getDriverVersion();
    }

    /** That of the program: the URL has none, which the library would look up each time. */
    @Override
    public TimeZone getTimeZone() {
        return TimeZone.getDefault();
    }

    void opened(RunningStatement statement) {
        statements.add(statement);
    }

    void closed(RunningStatement statement) {
        statements.remove(statement);
    }

    ResultSetMetaData metaData(AvaticaStatement statement, Meta.Signature signature) throws SQLException {
        return factory.newResultSetMetaData(statement, signature);
    }

    /** A result that came whole with the answer. */
    AvaticaResultSet rowsInHand(AvaticaStatement statement, QueryState state, Meta.Signature signature, Meta.Frame rows)
            throws SQLException {
        AvaticaResultSet result = factory.newResultSet(statement, state, signature, getTimeZone(), rows);
        translate(() -> LIBRARY.execute(result));
        return result;
    }

    /** A result that belongs to no statement of the program; closing it costs no round trip. */
    AvaticaResultSet rowsOfMetadata(Meta.Signature signature, Meta.Frame rows) throws SQLException {
        Meta.StatementHandle none = new Meta.StatementHandle(handle.id, StatementRuns.NOT_ON_SERVER, signature);
        AvaticaStatement statement = factory.newStatement(
                this, none, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, getHoldability());
        statement.closeOnCompletion();
        return rowsInHand(statement, new QueryState(""), signature, rows);
    }

    @Override
    public void openConnection() {
        meta.openConnection(handle, java.util.Map.of());
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.of(SqlErrors.NO_CONNECTION, "connection is closed");
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    boolean isShut() {
        return closed;
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        for (RunningStatement statement : statements) {
            statement.close(End.CONNECTION_CLOSED);
        }
        translate(() -> {
            meta.closeConnection(handle);
            return true;
        });
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        executor.execute(() -> RemoteFailure.carry(() -> {
            close();
            return true;
        }));
    }

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "timeout must not be negative: " + timeoutSeconds);
        }
        if (closed) {
            return false;
        }
        Execution run = new Execution();
        if (timeoutSeconds > 0) {
            run.endAfter(Duration.ofSeconds(timeoutSeconds), () -> run.end(End.TIMED_OUT));
        }
        try {
            session().ping(run);
            return true;
        } catch (SQLException unreachable) {
            return false;
        } finally {
            run.finish();
        }
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        if (milliseconds < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "timeout must not be negative: " + milliseconds);
        }
        super.setNetworkTimeout(executor, milliseconds);
        session()
                .calls()
                .setAnswerTimeout(milliseconds == 0 ? RemoteCalls.ANSWER_TIMEOUT : Duration.ofMillis(milliseconds));
    }

    @Override
    public AvaticaStatement createStatement(int type, int concurrency, int holdability) throws SQLException {
        checkOpen();
        checkResultKind(type, concurrency);
        return factory.newStatement(
                this, null, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, getHoldability());
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        checkOpen();
        checkResultKind(type, concurrency);
        String text = SqlEscapes.translate(sql);
        Meta.StatementHandle prepared = session().prepare(new Execution(), text);
        return new MillracePreparedStatement(
                this,
                prepared,
                prepared.signature,
                text,
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY,
                getHoldability());
    }

    /** No keys are generated, so that there are none to return. */
    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepareStatement(sql);
    }

    @Override
    public String nativeSQL(String sql) throws SQLException {
        checkOpen();
        return SqlEscapes.translate(sql);
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        checkOpen();
        return description;
    }

    @Override
    protected Meta.ExecuteBatchResult prepareAndUpdateBatch(AvaticaStatement statement, List<String> queries)
            throws SQLException {
        if (queries.isEmpty()) {
            return new Meta.ExecuteBatchResult(new long[0]);
        }
        return new Meta.ExecuteBatchResult(((MillraceStatement) statement).executeBatch(List.copyOf(queries)));
    }

    // connection properties, with SQLExceptions only

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        translate(() -> {
            super.setAutoCommit(autoCommit);
            return true;
        });
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return translate(super::getAutoCommit);
    }

    @Override
    public void commit() throws SQLException {
        translate(() -> {
            super.commit();
            return true;
        });
    }

    @Override
    public void rollback() throws SQLException {
        translate(() -> {
            super.rollback();
            return true;
        });
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        translate(() -> {
            super.setReadOnly(readOnly);
            return true;
        });
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return translate(super::isReadOnly);
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        translate(() -> {
            super.setCatalog(catalog);
            return true;
        });
    }

    @Override
    public String getCatalog() throws SQLException {
        return translate(super::getCatalog);
    }

    /** Names without a schema are always in the one of the streams and tables. */
    @Override
    public void setSchema(String schema) throws SQLException {
        String only = getSchema();
        if (!only.equalsIgnoreCase(schema)) {
            throw SqlErrors.of(
                    SqlErrors.NO_SUCH_SCHEMA,
                    "names without a schema are in \"" + only + "\". Write \"" + schema + "\" before a name");
        }
    }

    @Override
    public String getSchema() throws SQLException {
        return translate(super::getSchema);
    }

    /** Every level is served by the strongest. */
    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        if (!Isolation.isLevel(level)) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "no level of isolation for a transaction: " + level);
        }
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return TRANSACTION_SERIALIZABLE;
    }
}
