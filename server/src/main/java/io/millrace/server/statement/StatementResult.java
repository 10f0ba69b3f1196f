package io.millrace.server.statement;

import io.millrace.executor.view.ResultCursor;
import java.util.List;

/** What executing a statement gave. */
public sealed interface StatementResult {
    List<StatementWarning> warnings();

    /** A result to fetch; the receiver closes it. */
    record Rows(ResultCursor cursor, List<StatementWarning> warnings) implements StatementResult {
        public Rows(ResultCursor cursor) {
            this(cursor, List.of());
        }
    }

    /** Rows changed; 0 for DDL and commands. */
    record Update(long count, List<StatementWarning> warnings) implements StatementResult {
        public Update(long count) {
            this(count, List.of());
        }
    }
}
