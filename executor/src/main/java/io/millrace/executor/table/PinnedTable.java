package io.millrace.executor.table;

import io.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * A table as it was at one moment.
 *
 * @param rows null when they are not kept any more, and the log has to be read
 * @param endLsn of its log: the blocks below it made these rows
 */
public record PinnedTable(OpenTable table, @Nullable TableVersion rows, long endLsn) {
    /** Its rows, which are kept. */
    public TableVersion version() {
        if (rows == null) {
            throw MillraceException.internal(
                    "the rows of table \"" + table.definition().name() + "\" before block " + endLsn + " are not kept");
        }
        return rows;
    }
}
