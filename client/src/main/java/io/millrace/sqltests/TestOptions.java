package io.millrace.sqltests;

import java.time.Duration;

/**
 * How SQL files are run.
 *
 * @param resultMode for files that do not tell
 * @param timeout of a query or statement
 * @param updates whether expected results are replaced by what the server gives
 * @param allowsRefused whether a record that the server does not support is no failure
 * @param shownFailures of each file
 */
public record TestOptions(
        ResultMode resultMode, Duration timeout, boolean updates, boolean allowsRefused, int shownFailures) {
    public static final TestOptions DEFAULT = new TestOptions(ResultMode.ANY, Duration.ofSeconds(60), false, false, 20);
}
