package io.millrace.server.connector;

/** A record that is not a row: it goes to the dead-letter stream with this reason. */
final class RowFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    RowFormatException(String reason) {
        super(reason, null, false, false);
    }
}
