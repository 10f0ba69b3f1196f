package io.millrace.jdbc;

import java.sql.SQLException;

/** Says in which row of a frame accessors read, and is told what they saw. */
interface RowPointer {
    int row() throws SQLException;

    /** Keeps whether the value that is being read is NULL; returns it. */
    boolean seen(boolean isNull);

    boolean wasNull();
}
