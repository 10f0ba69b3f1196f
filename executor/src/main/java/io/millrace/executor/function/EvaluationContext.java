package io.millrace.executor.function;

/** What an expression may know besides its input. */
public interface EvaluationContext {
    /** The time of the step (of a bounded query: of its start), microseconds since the epoch. */
    long currentTimestamp();

    /** The position at which the query reads; 0 where nothing is read. */
    default long readPosition() {
        return 0;
    }
}
