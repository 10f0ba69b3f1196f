package io.millrace.server.statement;

import io.millrace.executor.circuit.ResumePoint;
import io.millrace.executor.log.ProducerSequence;
import org.jspecify.annotations.Nullable;

/**
 * How a statement is executed.
 *
 * @param maxRows 0: no limit
 * @param timeoutMillis 0: the default of its kind
 * @param producer names an INSERT, so that one that is sent again is not made again; null when the client does not
 * @param resume where a continuous query goes on; null: it begins
 */
public record ExecuteOptions(
        long maxRows,
        long timeoutMillis,
        @Nullable ProducerSequence producer,
        @Nullable ResumePoint resume) {
    public static final ExecuteOptions DEFAULT = new ExecuteOptions(0, 0, null, null);
}
