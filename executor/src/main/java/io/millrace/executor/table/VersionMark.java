package io.millrace.executor.table;

import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a version, so that later only the difference to it has to be written.
 *
 * @param rows how many numbers its rows had
 * @param compactions how often rows had got other numbers by then
 */
public record VersionMark(long position, int rows, int compactions) {
    public static VersionMark of(TableVersion version) {
        return new VersionMark(version.position(), version.rowCount(), version.compactions());
    }

    /** Whether the difference to a version can still be told. */
    public boolean isKnownTo(TableVersion version) {
        return version.compactions() == compactions;
    }

    /**
     * Writes the rows of a version, as parts of rows that have gone since a mark, and rows that have come; in the order of their
     * blocks. The reader applies what has gone first.
     *
     * @param since null: all rows are written
     */
    public static void write(TableVersion version, @Nullable VersionMark since, StateWriter out) {
        Selection selected = new Selection();
        for (int block = 0; since != null && block < version.blockCount(); block++) {
            BlockView view = version.block(block);
            int known = since.rows - (block << VersionedRows.BLOCK_SHIFT);
            selected.count(view.deaths()
                    .between(Math.min(known, view.rows()), since.position, version.position(), selected.rows()));
            write(true, view.columns(), selected, out);
        }
        int first = since == null ? 0 : since.rows;
        for (int block = first >>> VersionedRows.BLOCK_SHIFT; block < version.blockCount(); block++) {
            BlockView view = version.block(block);
            int from = Math.max(0, first - (block << VersionedRows.BLOCK_SHIFT));
            int count = 0;
            for (int row = from; row < view.rows(); row++) {
                if (view.deaths().isVisible(row, version.position())) {
                    selected.rows()[count++] = row;
                }
            }
            selected.count(count);
            write(false, view.columns(), selected, out);
        }
        out.flush();
    }

    private static void write(boolean isGone, List<Column> columns, Selection rows, StateWriter out) {
        if (rows.count() > 0) {
            out.flag(isGone);
            out.count(rows.count());
            columns.forEach(column -> out.column(Columns.gather(column, rows)));
            out.endPart();
        }
    }
}
