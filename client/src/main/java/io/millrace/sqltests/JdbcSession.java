package io.millrace.sqltests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A session on a JDBC connection of its own, with one statement for all that ends. */
final class JdbcSession implements SqlSession {
    private final Connection connection;
    private final Statement statement;

    JdbcSession(String url, Duration timeout) throws SQLException {
        connection = DriverManager.getConnection(url);
        try {
            statement = connection.createStatement();
            statement.setQueryTimeout((int) timeout.toSeconds());
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    @Override
    public long update(String sql) throws SQLException {
        if (statement.execute(sql)) {
            try (ResultSet results = statement.getResultSet()) {
                ResultTable.read(results);
            }
            return -1;
        }
        return statement.getLargeUpdateCount();
    }

    @Override
    public ResultTable query(String sql) throws SQLException {
        try (ResultSet results = statement.executeQuery(sql)) {
            return ResultTable.read(results);
        }
    }

    @Override
    public OpenQuery open(String sql) throws SQLException {
        return new OpenQuery(connection, sql);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
