package io.millrace.executor.table;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A statement that changes a table, in one step or several, all or none of which are made.
 *
 * @param steps each computes what it does, from the table with all that was changed before it; they run while no other
 *     statement changes the table
 */
public record TableStatement(Kind kind, List<Function<Supplier<TableVersion>, TableChange>> steps) {
    public TableStatement {
        steps = List.copyOf(steps);
    }

    /** A statement of one step. */
    public TableStatement(Kind kind, Function<Supplier<TableVersion>, TableChange> step) {
        this(kind, List.of(step));
    }

    /** What a statement does. */
    public enum Kind {
        INSERT(1),
        UPDATE(2),
        DELETE(1);

        /** How many changes in the log a row is that the statement counts. */
        private final int changes;

        Kind(int changes) {
            this.changes = changes;
        }
    }

    /** How many rows a statement counts that made so many changes. */
    long count(long changes) {
        return changes / kind.changes;
    }
}
