package io.millrace.executor.function;

/** What an expression may know besides its input. */
public interface EvaluationContext {
    /** The time of the step (of a bounded query: of its start), microseconds since the epoch. */
    long currentTimestamp();
}
