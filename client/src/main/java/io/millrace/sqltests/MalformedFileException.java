package io.millrace.sqltests;

/** A SQL file that cannot be read as such. */
public final class MalformedFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    MalformedFileException(int line, String reason) {
        super(reason);
        this.line = line;
    }

    /** Counts from 1. */
    public int line() {
        return line;
    }
}
