package io.millrace.executor.table;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A statement that changes a table.
 *
 * @param change computes what it does, from the table with all that statements before it have changed; it runs while no
 *     other statement changes the table
 */
public record TableStatement(Kind kind, Function<Supplier<TableVersion>, TableChange> change) {
    /** How many rows of the log a row that the statement counts takes. */
    public enum Kind {
        INSERT(1),
        UPDATE(2),
        DELETE(1);

        private final int changes;

        Kind(int changes) {
            this.changes = changes;
        }
    }

    long count(long changes) {
        return changes / kind.changes;
    }
}
