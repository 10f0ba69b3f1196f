package io.millrace.server.statement;

/** Is told of statements that have ended, on the threads that end them: it must not block. Thread-safe. */
@FunctionalInterface
public interface StatementObserver {
    void ended(EndedStatement statement);

    /** Tells both. */
    default StatementObserver and(StatementObserver other) {
        return statement -> {
            ended(statement);
            other.ended(statement);
        };
    }
}
