package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.time.Watermarks;

/**
 * An incremental operator: turns the delta of its input into the delta of its output, which it pushes to the operator
 * downstream (given to its constructor) on the same thread.
 *
 * <p>Order of calls: any number of {@link #push}, {@link #advance} and {@link #endStep}, then at most one {@link
 * #finish}, then {@link #close}, which may come at any time. One thread at a time. A batch is valid only during the
 * call. An exception ends the query, not the engine.
 *
 * <p>All calls, also {@link #stateBytes}, {@link #isDone} and {@link #close}, reach the operators downstream: a chain is
 * driven at its head.
 */
public interface Operator extends AutoCloseable {
    /**
     * Takes the next rows, in log order. The watermark of no row crosses the end of a window within a batch: the scan has
     * cut it there.
     */
    void push(Batch batch);

    /** The watermark after all rows pushed so far; operators with windows close those that end at or below it. */
    void advance(Watermarks watermarks);

    /** All input of the step has been pushed: what was gathered is emitted now. */
    void endStep();

    /** A bounded input has ended: all that is left is emitted. */
    void finish();

    /** The bytes of state held by this operator and those downstream; for metrics and limits. */
    default long stateBytes() {
        return 0;
    }

    /**
     * The lowest end of a window that is open; {@code Long.MAX_VALUE} when none is. So the engine knows until when it may
     * sleep.
     */
    default long nextWindowEnd() {
        return Long.MAX_VALUE;
    }

    /** True when no further input can change the output (a LIMIT that is reached): the query may end. */
    default boolean isDone() {
        return false;
    }

    @Override
    void close();
}
