package io.millrace.server.statement;

/** What a statement that succeeded has to say: where it did less, or other, than its user may think. */
public record StatementWarning(String sqlState, String message) {
    private static final String WARNING = "01000";

    public static StatementWarning of(String message) {
        return new StatementWarning(WARNING, message);
    }
}
