package io.millrace.server.statement;

import io.millrace.executor.view.ResultCursor;

/** What executing a statement gave. */
public sealed interface StatementResult {
    /** A result to fetch; the receiver closes it. */
    record Rows(ResultCursor cursor) implements StatementResult {}

    /** Rows changed; 0 for DDL and commands. */
    record Update(long count) implements StatementResult {}
}
