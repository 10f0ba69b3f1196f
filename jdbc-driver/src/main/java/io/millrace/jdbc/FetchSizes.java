package io.millrace.jdbc;

import java.sql.SQLException;

/** The number of rows asked for at a time; 0 lets the driver choose. */
final class FetchSizes {
    private static final int STANDARD_ROWS = 8192;

    private FetchSizes() {}

    /** How many rows to ask for, of which at most {@code remaining} are wanted. */
    static int wanted(int fetchSize, long remaining) {
        return (int) Math.min(fetchSize == 0 ? STANDARD_ROWS : fetchSize, remaining);
    }

    static int check(int rows) throws SQLException {
        if (rows < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_VALUE, "fetch size must not be negative: " + rows);
        }
        return rows;
    }
}
