package io.millrace.jdbc;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** Why the run of a statement was ended before its last row. */
enum End {
    CANCELLED,
    TIMED_OUT,
    INTERRUPTED,
    RESULT_CLOSED,
    STATEMENT_CLOSED,
    CONNECTION_CLOSED;

    SQLException exception() {
        switch (this) {
            case CANCELLED:
                return SqlErrors.of(SqlErrors.CANCELLED, "statement was cancelled");
            case TIMED_OUT:
                return new SQLTimeoutException("statement was cancelled by its query timeout", SqlErrors.CANCELLED);
            case INTERRUPTED:
                return SqlErrors.of(SqlErrors.CANCELLED, "statement was cancelled: its thread was interrupted");
            case RESULT_CLOSED:
                return SqlErrors.of(SqlErrors.CLOSED, "result set is closed");
            case STATEMENT_CLOSED:
                return SqlErrors.of(SqlErrors.CLOSED, "statement is closed");
            default:
                return SqlErrors.of(SqlErrors.CLOSED, "connection is closed");
        }
    }
}
