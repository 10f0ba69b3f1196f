package io.millrace.sqltests;

import java.sql.SQLException;

/** Runs the SQL of a file, one statement at a time. */
interface SqlSession extends AutoCloseable {
    /** Runs a statement to its end; rows that it gives are read and dropped. */
    long update(String sql) throws SQLException;

    /** Runs a query that ends. */
    ResultTable query(String sql) throws SQLException;

    /** Starts a continuous query. */
    OpenQuery open(String sql) throws SQLException;

    @Override
    void close() throws SQLException;
}
