package io.millrace.jdbc;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a run of a statement may go.
 *
 * @param timeoutSeconds 0: the server's default
 * @param maxRows 0: no limit
 * @param firstRows how many rows are welcome with the answer; 0: none
 * @param knowsColumns whether the answer may leave out what preparing the statement has told already
 * @param resume where a result goes on that was cut off; null: it begins
 */
record RunLimits(
        int timeoutSeconds,
        long maxRows,
        int firstRows,
        boolean knowsColumns,
        @Nullable String resume) {
    static final String RESUME = "X-Millrace-Resume";

    private static final String TIMEOUT = "X-Millrace-Timeout";
    private static final String MAX_ROWS = "X-Millrace-Max-Rows";
    private static final String FIRST_ROWS = "X-Millrace-First-Rows";
    private static final String COLUMNS = "X-Millrace-Columns";

    /** The run is ended here first, so that the reason is known. */
    private static final Duration SERVER_PATIENCE = Duration.ofSeconds(1);

    /** Of a statement that may give rows: what is there at once comes with the answer. */
    static RunLimits ofQuery(int timeoutSeconds, long maxRows, int fetchSize) {
        return new RunLimits(
                timeoutSeconds,
                maxRows,
                FetchSizes.wanted(fetchSize, maxRows == 0 ? Long.MAX_VALUE : maxRows),
                false,
                null);
    }

    /** Of one that gives a count. */
    static RunLimits ofUpdate(int timeoutSeconds) {
        return new RunLimits(timeoutSeconds, 0, 0, false, null);
    }

    /** The same of a statement that was prepared. */
    RunLimits knowingColumns() {
        return new RunLimits(timeoutSeconds, maxRows, firstRows, true, resume);
    }

    /** The same, to go on. */
    RunLimits resuming(String point) {
        return new RunLimits(timeoutSeconds, maxRows, firstRows, knowsColumns, point);
    }

    /** The headers of the request that executes. */
    Map<String, String> headers(RequestId id, @Nullable AppendNumber number) {
        Map<String, String> headers = new HashMap<>(id.header());
        if (number != null) {
            headers.put(AppendNumber.HEADER, number.toString());
        }
        if (firstRows > 0) {
            headers.put(FIRST_ROWS, Integer.toString(firstRows));
        }
        if (resume != null) {
            headers.put(RESUME, resume);
        }
        if (knowsColumns) {
            headers.put(COLUMNS, "known");
        }
        if (timeoutSeconds > 0) {
            Duration timeout = Duration.ofSeconds(timeoutSeconds).plus(SERVER_PATIENCE);
            headers.put(TIMEOUT, Long.toString(timeout.toMillis()));
        }
        if (maxRows > 0) {
            headers.put(MAX_ROWS, Long.toString(maxRows));
        }
        return headers;
    }
}
