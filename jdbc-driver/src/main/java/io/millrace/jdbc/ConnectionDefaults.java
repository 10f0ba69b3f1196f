package io.millrace.jdbc;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.ClientInfoStatus;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Struct;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.jspecify.annotations.Nullable;

/** What a connection answers by itself: warnings, and what Millrace does not have. */
abstract class ConnectionDefaults extends AvaticaConnection {
    private final Warnings warnings = new Warnings();

    ConnectionDefaults(MillraceDriver driver, AvaticaFactory factory, String url, Properties info) {
        super(driver, factory, url, info);
    }

    final Warnings warnings() {
        return warnings;
    }

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

    /** As JDBC wants it, another kind of result than the one asked for is given with a warning. */
    final void checkResultKind(int type, int concurrency) throws SQLException {
        if (type != ResultSet.TYPE_FORWARD_ONLY
                && type != ResultSet.TYPE_SCROLL_INSENSITIVE
                && type != ResultSet.TYPE_SCROLL_SENSITIVE) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "no type of result set: " + type);
        }
        if (concurrency != ResultSet.CONCUR_READ_ONLY && concurrency != ResultSet.CONCUR_UPDATABLE) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "no concurrency of result sets: " + concurrency);
        }
        if (type != ResultSet.TYPE_FORWARD_ONLY) {
            warnings.add("result sets cannot be scrolled: the statement gives one that is read forward");
        }
        if (concurrency != ResultSet.CONCUR_READ_ONLY) {
            warnings.add("result sets cannot be updated: the statement gives one that is read only");
        }
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        checkOpen();
        if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "no holdability: " + holdability);
        }
        if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
            throw SqlErrors.notSupported("CLOSE_CURSORS_AT_COMMIT");
        }
    }

    // properties of the client: none is kept

    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        if (isShut()) {
            throw new SQLClientInfoException(
                    "connection is closed", SqlErrors.NO_CONNECTION, Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
        }
        warnings.add("client info property \"" + name + "\" is not kept");
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        if (isShut()) {
            throw new SQLClientInfoException(
                    "connection is closed",
                    SqlErrors.NO_CONNECTION,
                    properties.stringPropertyNames().stream()
                            .collect(Collectors.toMap(name -> name, name -> ClientInfoStatus.REASON_UNKNOWN)));
        }
        for (String name : properties.stringPropertyNames()) {
            setClientInfo(name, properties.getProperty(name));
        }
    }

    abstract boolean isShut();

    // what there is not

    @Override
    public CallableStatement prepareCall(String sql) throws SQLException {
        throw SqlErrors.notSupported("CALL");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
        throw SqlErrors.notSupported("CALL");
    }

    @Override
    public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability) throws SQLException {
        throw SqlErrors.notSupported("CALL");
    }

    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return Map.of();
    }

    @Override
    public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
        checkOpen();
        if (map != null && !map.isEmpty()) {
            throw SqlErrors.notSupported("a type map");
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        throw SqlErrors.notSupported("SAVEPOINT");
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        throw SqlErrors.notSupported("SAVEPOINT");
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        throw SqlErrors.notSupported("SAVEPOINT");
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        throw SqlErrors.notSupported("SAVEPOINT");
    }

    @Override
    public Clob createClob() throws SQLException {
        throw SqlErrors.notSupported("CLOB");
    }

    @Override
    public Blob createBlob() throws SQLException {
        throw SqlErrors.notSupported("BLOB");
    }

    @Override
    public NClob createNClob() throws SQLException {
        throw SqlErrors.notSupported("NCLOB");
    }

    @Override
    public SQLXML createSQLXML() throws SQLException {
        throw SqlErrors.notSupported("SQLXML");
    }

    @Override
    public Array createArrayOf(String typeName, @Nullable Object[] elements) throws SQLException {
        throw SqlErrors.notSupported("ARRAY");
    }

    @Override
    public Struct createStruct(String typeName, @Nullable Object[] attributes) throws SQLException {
        throw SqlErrors.notSupported("STRUCT");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw SqlErrors.of(SqlErrors.INVALID_VALUE, "this is no wrapper for " + type.getName());
    }
}
