package io.millrace.jdbc;

import java.sql.SQLNonTransientConnectionException;

/** The server answered that it does not know the connection. */
final class MissingConnectionException extends SQLNonTransientConnectionException {
    private static final long serialVersionUID = 1L;

    MissingConnectionException(String message) {
        super(message, SqlErrors.NO_CONNECTION);
    }
}
