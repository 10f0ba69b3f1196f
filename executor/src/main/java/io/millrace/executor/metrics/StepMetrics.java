package io.millrace.executor.metrics;

/**
 * What the step loop has done.
 *
 * @param turns that had something to read
 * @param busyNanos of all turns
 * @param currentNanos that the turn under way has taken until now; 0 while the loop rests
 */
public record StepMetrics(long turns, long busyNanos, long currentNanos) {}
