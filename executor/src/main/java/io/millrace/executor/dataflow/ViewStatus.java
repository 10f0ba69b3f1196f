package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.metrics.QueryMetrics;
import org.jspecify.annotations.Nullable;

/**
 * How a view is.
 *
 * @param state waiting, filling, live or failed
 * @param failure why it has failed; null while it has not
 * @param metrics null once it has failed
 */
public record ViewStatus(
        String state,
        long rows,
        @Nullable MillraceException failure,
        @Nullable QueryMetrics metrics) {
    /** Whether its rows can be read. */
    public boolean isReady() {
        return state.equals("live");
    }
}
