package io.millrace.server.statement;

import io.millrace.executor.view.ResultCursor;
import java.sql.Statement;
import java.util.List;

/** What executing a statement gave. */
public sealed interface StatementResult {
    List<StatementWarning> warnings();

    /** What a command or DDL gives that has something to say. */
    static StatementResult warned(String message) {
        return new Update(List.of(0L), List.of(StatementWarning.of(message)));
    }

    /** A result to fetch; the receiver closes it. */
    record Rows(ResultCursor cursor, List<StatementWarning> warnings) implements StatementResult {
        public Rows(ResultCursor cursor) {
            this(cursor, List.of());
        }
    }

    /**
     * Rows changed; 0 for DDL and commands.
     *
     * @param counts one per row of parameters
     */
    record Update(List<Long> counts, List<StatementWarning> warnings) implements StatementResult {
        public Update {
            counts = List.copyOf(counts);
        }

        public Update(List<Long> counts) {
            this(counts, List.of());
        }

        public Update(long count) {
            this(List.of(count));
        }

        /** For all rows of parameters. */
        public long count() {
            return counts.stream().anyMatch(count -> count < 0)
                    ? Statement.SUCCESS_NO_INFO
                    : counts.stream().mapToLong(Long::longValue).sum();
        }
    }
}
