package io.millrace.jdbc;

import java.sql.SQLException;

/** The number of rows asked for at a time; 0 lets the driver choose. */
final class FetchSizes {
    private FetchSizes() {}

    static int check(int rows) throws SQLException {
        if (rows < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "fetch size must not be negative: " + rows);
        }
        return rows;
    }
}
