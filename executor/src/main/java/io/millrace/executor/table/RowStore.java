package io.millrace.executor.table;

import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a table, and the changes that may yet be undone. Births and deaths are positions in the table's log; an
 * update is a death and a birth.
 *
 * <p>For one thread at a time, which gives {@link TableVersion}s to all others.
 */
final class RowStore {
    private final TableDefinition definition;
    private final TableMemory memory;
    private final VersionedRows rows;
    private final Selection range = new Selection();

    private long position;
    private long heldBytes;

    /** The rows killed since the last {@link #keep}, for {@link #undo}. */
    private int[] killed = new int[16];

    private int killedCount;

    RowStore(TableDefinition definition, TableMemory memory) {
        this.definition = definition;
        this.memory = memory;
        List<Integer> key = definition.primaryKey();
        rows = new VersionedRows(
                definition.name(), definition.columnTypes(), key.isEmpty() ? null : new KeyColumns(key), false);
    }

    /** What must be undone to come back here. */
    record Mark(int rowCount, int killedCount, long position) {}

    Mark mark() {
        return new Mark(rows.rowCount(), killedCount, position);
    }

    long bytes() {
        return heldBytes;
    }

    /** The state now, with changes that may yet be undone. */
    TableVersion version() {
        return rows.version(position);
    }

    /**
     * Makes changes. Fails with 23505 for a key that is there already, with 53200 when there is no room; then they are half
     * made, and the caller must {@link #undo} them.
     */
    void apply(TableChange change) {
        for (int row : change.removed()) {
            kill(row);
        }
        checkKeys(change);
        insert(change.added(), change.addedRows());
        account();
        if (change.addedRows() > 0) {
            memory.check(definition.name());
        }
    }

    private void kill(int row) {
        rows.kill(row, position);
        if (killedCount == killed.length) {
            killed = Arrays.copyOf(killed, killedCount * 2);
        }
        killed[killedCount++] = row;
        position++;
    }

    /** Finds most duplicates before anything has been stored. */
    private void checkKeys(TableChange change) {
        for (int row = 0; !definition.primaryKey().isEmpty() && row < change.addedRows(); row++) {
            if (rows.find(change.added(), row) != VersionedRows.NONE) {
                throw duplicate(change.added(), row);
            }
        }
    }

    private MillraceException duplicate(List<Column> columns, int row) {
        return new MillraceException(
                ErrorCode.DUPLICATE_KEY,
                "duplicate key " + KeyText.of(definition, columns, row) + " in table \"" + definition.name() + "\"");
    }

    private void insert(List<Column> columns, int count) {
        for (int from = 0; from < count; from += Column.MAX_ROWS) {
            int part = Math.min(count - from, Column.MAX_ROWS);
            for (int i = 0; i < part; i++) {
                range.rows()[i] = from + i;
            }
            range.count(part);
            append(columns, range);
        }
    }

    private void append(List<Column> columns, Selection selection) {
        int stored = rows.append(columns, selection, position, true);
        if (stored < selection.count()) {
            throw duplicate(columns, selection.rows()[stored]);
        }
        position += stored;
    }

    /** Repeats births that the log tells of. */
    void replayBirths(List<Column> columns, Selection born) {
        append(columns, born);
        account();
    }

    /** Repeats a death that the log tells of; false when the row is not there. */
    boolean replayDeath(long birth) {
        int row = rows.findBirth(birth);
        if (row == VersionedRows.NONE) {
            return false;
        }
        rows.kill(row, position++);
        return true;
    }

    /** Takes back all that was changed since. */
    void undo(Mark mark) {
        while (killedCount > mark.killedCount()) {
            rows.revive(killed[--killedCount]);
        }
        rows.undoFrom(mark.rowCount());
        position = mark.position();
        account();
    }

    /** What was changed so far cannot be undone any more. */
    void keep() {
        killedCount = 0;
        if (killed.length > Column.MAX_ROWS) {
            killed = new int[16];
        }
    }

    /** Drops the dead rows when they are more than the living; the versions that are held keep theirs. */
    void compactIfDue() {
        rows.compactIfDue(1);
        account();
    }

    /** Tells the budget what the table holds now. */
    private void account() {
        long bytes = rows.bytes();
        memory.add(bytes - heldBytes);
        heldBytes = bytes;
    }

    /** Gives the memory back. */
    void close() {
        memory.add(-heldBytes);
        heldBytes = 0;
    }

    long birth(int row) {
        return rows.birth(row);
    }

    List<Column> columns(int row) {
        return rows.columns(row);
    }
}
