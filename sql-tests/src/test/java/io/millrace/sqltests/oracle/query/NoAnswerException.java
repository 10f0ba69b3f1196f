package io.millrace.sqltests.oracle.query;

/** By definition the query fails, or what SQL defines does not decide its answer. */
public final class NoAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoAnswerException(String reason) {
        super(reason);
    }
}
