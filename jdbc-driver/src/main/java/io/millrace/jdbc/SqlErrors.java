package io.millrace.jdbc;

import java.net.ConnectException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import org.jspecify.annotations.Nullable;

/** Makes the exception class that JDBC has for a SQLSTATE. */
final class SqlErrors {
    static final String CANNOT_CONNECT = "08001";
    static final String NO_CONNECTION = "08003";
    static final String CONNECTION_LOST = "08006";
    static final String PROTOCOL = "08P01";
    static final String REFUSED = "28000";
    static final String CANCELLED = "57014";
    static final String SHUTTING_DOWN = "57P01";
    static final String CLOSED = "HY010";
    static final String NOT_SUPPORTED = "0A000";
    static final String INVALID_CURSOR = "24000";
    static final String OUT_OF_RANGE = "22003";
    static final String INVALID_VALUE = "22023";
    static final String INVALID_TEXT = "22018";
    static final String NO_SUCH_STATEMENT = "26000";
    static final String NO_SUCH_CURSOR = "34000";
    static final String WRONG_TYPE = "07006";
    static final String WRONG_KIND = "07005";
    static final String UNSET_PARAMETER = "07001";
    static final String NO_SUCH_SCHEMA = "3F000";
    static final String NO_SUCH_COLUMN = "42703";
    static final String TOO_MANY = "53300";
    static final String LIMIT = "53400";
    /** Also of what takes too long to plan. */
    static final String TOO_COMPLEX = "54001";

    static final String INTERNAL = "XX000";

    /** The vendor code of a result that the server ended because its reader seemed to have gone. */
    static final int ABANDONED = 57;

    private SqlErrors() {}

    static SQLException of(String state, String message) {
        return of(state, message, 0, null);
    }

    static SQLException of(String state, String message, @Nullable Throwable cause) {
        return of(state, message, 0, cause);
    }

    static SQLException of(String state, String message, int code, @Nullable Throwable cause) {
        if (state.startsWith("08")) {
            return new SQLNonTransientConnectionException(message, state, code, cause);
        }
        if (state.startsWith("0A")) {
            return new SQLFeatureNotSupportedException(message, state, code, cause);
        }
        if (state.startsWith("22")) {
            return new SQLDataException(message, state, code, cause);
        }
        if (state.startsWith("23")) {
            return new SQLIntegrityConstraintViolationException(message, state, code, cause);
        }
        if (state.startsWith("28")) {
            return new SQLInvalidAuthorizationSpecException(message, state, code, cause);
        }
        if (state.startsWith("42")) {
            return new SQLSyntaxErrorException(message, state, code, cause);
        }
        return new SQLException(message, state, code, cause);
    }

    /** The SQLException in what a library method threw, or one made of it. */
    static SQLException of(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure) {
                return failure;
            }
        }
        return of(INTERNAL, "unexpected failure in the driver: " + thrown, thrown);
    }

    static SQLException notSupported(String what) {
        return of(NOT_SUPPORTED, what + " is not supported");
    }

    static SQLException lost(Throwable cause) {
        return of(CONNECTION_LOST, "connection to the server was lost: " + text(cause), cause);
    }

    static SQLException forgotten(SQLException cause) {
        return of(
                CONNECTION_LOST,
                "the server no longer knows this connection: it was restarted, or the connection was idle for too long",
                cause);
    }

    /** What went wrong, in words, also where the JDK's exception has no message. */
    static String text(Throwable cause) {
        String message = cause.getMessage();
        if (message != null && !message.isBlank()) {
            return message;
        }
        if (cause instanceof ConnectException) {
            return "connection refused";
        }
        return cause.getCause() == null ? cause.getClass().getSimpleName() : text(cause.getCause());
    }
}
