package io.millrace.executor.table;

import io.millrace.catalog.TableDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, dead ones included until they are more than the living; see {@link RowBlock} for how they lie. A row
 * is numbered by its place; its birth and death are positions in the table's log, and it is visible at a position that is
 * above its birth and not above its death. An update is a death and a birth.
 *
 * <p>For one thread at a time, which gives {@link TableVersion}s to all others.
 */
final class RowStore {
    static final int BLOCK_SHIFT = 12;

    private static final int MAX_ROWS = Integer.MAX_VALUE - Column.MAX_ROWS;

    private final TableDefinition definition;
    private final List<DataType> types;
    private final @Nullable KeyColumns keys;
    private final TableMemory memory;
    private final Selection range = new Selection();

    private List<RowBlock> blocks = new ArrayList<>();
    private @Nullable KeyIndex index;
    private int rowCount;
    private long liveRows;
    private long position;
    private long sealedBytes;
    private long heldBytes;
    private @Nullable TableVersion version;

    /** The rows killed since the last {@link #keep}, for {@link #undo}. */
    private int[] killed = new int[16];

    private int killedCount;

    RowStore(TableDefinition definition, TableMemory memory) {
        this.definition = definition;
        this.memory = memory;
        types = definition.columnTypes();
        keys = definition.primaryKey().isEmpty() ? null : new KeyColumns(definition.primaryKey());
        index = keys == null ? null : new KeyIndex();
    }

    static int inBlock(int row) {
        return row & (Column.MAX_ROWS - 1);
    }

    /** What must be undone to come back here. */
    record Mark(int rowCount, int killedCount, long position, long liveRows) {}

    Mark mark() {
        return new Mark(rowCount, killedCount, position, liveRows);
    }

    /** The position of the next change. */
    long position() {
        return position;
    }

    long liveRows() {
        return liveRows;
    }

    long bytes() {
        return heldBytes;
    }

    /** The state now, with changes that may yet be undone. */
    TableVersion version() {
        TableVersion known = version;
        if (known == null) {
            BlockView[] views = new BlockView[blocks.size()];
            Arrays.setAll(views, i -> blocks.get(i).view());
            known = new TableVersion(position, views, rowCount, liveRows, keys, index);
            version = known;
        }
        return known;
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
        Deaths deaths = deaths(row);
        if (!deaths.isAlive(inBlock(row))) {
            throw MillraceException.internal("row " + row + " of table \"" + definition.name() + "\" is dead already");
        }
        if (killedCount == killed.length) {
            killed = Arrays.copyOf(killed, killedCount * 2);
        }
        killed[killedCount++] = row;
        deaths.kill(inBlock(row), position++);
        liveRows--;
        version = null;
    }

    /** Finds most duplicates before anything has been stored. */
    private void checkKeys(TableChange change) {
        KeyColumns ours = keys;
        if (ours != null) {
            for (int row = 0; row < change.addedRows(); row++) {
                newest(ours, ours.hash(change.added(), row), change.added(), row);
            }
        }
    }

    /** The newest row of a key, which must be dead. */
    private int newest(KeyColumns ours, int hash, List<Column> rows, int row) {
        int newest = index().newest(
                        hash,
                        rowCount,
                        candidate -> ours.equal(columns(candidate), inBlock(candidate), ours, rows, row));
        if (newest != KeyIndex.NONE && deaths(newest).isAlive(inBlock(newest))) {
            throw new MillraceException(
                    ErrorCode.DUPLICATE_KEY,
                    "duplicate key " + KeyText.of(definition, rows, row) + " in table \"" + definition.name() + "\"");
        }
        return newest;
    }

    private void insert(List<Column> columns, int count) {
        if ((long) rowCount + count > MAX_ROWS) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED, "table \"" + definition.name() + "\" has too many rows");
        }
        for (int from = 0; from < count; ) {
            int part = Math.min(count - from, open().room());
            for (int i = 0; i < part; i++) {
                range.rows()[i] = from + i;
            }
            range.count(part);
            append(columns);
            from += part;
        }
    }

    /** Appends the rows in {@link #range}, for which the last block has room. */
    private void append(List<Column> columns) {
        RowBlock block = open();
        block.append(columns, range, position);
        added(block, range.count());
        position += range.count();
    }

    /** Repeats births that the log tells of. */
    void replayBirths(List<Column> columns, Selection rows) {
        for (int from = 0; from < rows.count(); ) {
            from += take(rows, from);
            append(columns);
        }
    }

    /** Repeats a death that the log tells of; false when the row is not there. */
    boolean replayDeath(long birth) {
        int row = find(birth);
        if (row == KeyIndex.NONE) {
            return false;
        }
        deaths(row).kill(inBlock(row), position++);
        liveRows--;
        version = null;
        return true;
    }

    /** Puts as many of the rows as the last block has room for into {@link #range}; returns how many. */
    private int take(Selection rows, int from) {
        int part = Math.min(rows.count() - from, open().room());
        System.arraycopy(rows.rows(), from, range.rows(), 0, part);
        range.count(part);
        return part;
    }

    private RowBlock open() {
        RowBlock last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last == null || last.room() == 0) {
            last = new RowBlock(types);
            blocks.add(last);
        }
        return last;
    }

    /** Counts rows that have been appended to the last block, and puts them into the index. */
    private void added(RowBlock block, int count) {
        int first = rowCount;
        rowCount += count;
        liveRows += count;
        version = null;
        if (block.room() == 0) {
            sealedBytes += block.bytes();
        }
        KeyColumns ours = keys;
        if (ours == null) {
            return;
        }
        List<Column> columns = block.view().columns();
        for (int row = first; row < first + count; row++) {
            int hash = ours.hash(columns, inBlock(row));
            try {
                index().add(hash, row, newest(ours, hash, columns, inBlock(row)));
            } catch (MillraceException duplicate) {
                for (int rest = row; rest < first + count; rest++) {
                    bury(rest); // these are not in the index
                }
                throw duplicate;
            }
        }
    }

    /** A row that was stored in vain: nobody will ever see it. */
    private void bury(int row) {
        deaths(row).kill(inBlock(row), Deaths.NEVER_BORN);
    }

    /** Takes back all that was changed since; rows that were added stay, unseen, until rows are compacted. */
    void undo(Mark mark) {
        while (killedCount > mark.killedCount()) {
            int row = killed[--killedCount];
            deaths(row).revive(inBlock(row));
        }
        for (int row = rowCount - 1; row >= mark.rowCount(); row--) {
            if (!deaths(row).isAlive(inBlock(row))) {
                continue; // buried before, and not in the index
            }
            if (keys != null) {
                index().undo(keys.hash(columns(row), inBlock(row)), row);
            }
            bury(row);
        }
        liveRows = mark.liveRows();
        position = mark.position();
        version = null;
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
        long dead = rowCount - liveRows;
        if (dead < Column.MAX_ROWS || dead < liveRows) {
            return;
        }
        List<RowBlock> all = blocks;
        blocks = new ArrayList<>();
        index = keys == null ? null : new KeyIndex();
        rowCount = 0;
        liveRows = 0;
        sealedBytes = 0;
        Selection alive = new Selection();
        for (RowBlock block : all) {
            BlockView view = block.view();
            if (view.deaths().visible(view.rows(), Deaths.ALIVE, alive) == null) {
                selectAll(alive, view.rows());
            }
            copy(block, view, alive);
        }
        account();
    }

    private void copy(RowBlock source, BlockView view, Selection alive) {
        for (int from = 0; from < alive.count(); ) {
            from += take(alive, from);
            RowBlock block = open();
            block.append(view, source, range);
            added(block, range.count());
        }
    }

    /** Tells the budget what the table holds now. */
    private void account() {
        RowBlock last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        long bytes = sealedBytes
                + (last == null || last.room() == 0 ? 0 : last.bytes())
                + (index == null ? 0 : index.bytes());
        memory.add(bytes - heldBytes);
        heldBytes = bytes;
    }

    /** Gives the memory back. */
    void close() {
        memory.add(-heldBytes);
        heldBytes = 0;
    }

    /** The living row that was born at a position; {@link KeyIndex#NONE} when there is none. */
    private int find(long birth) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (blocks.get(middle).birth(0) <= birth) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int row = high < 0 ? -1 : blocks.get(low).find(birth);
        return row < 0 || !blocks.get(low).deaths().isAlive(row) ? KeyIndex.NONE : (low << BLOCK_SHIFT) + row;
    }

    long birth(int row) {
        return blocks.get(row >>> BLOCK_SHIFT).birth(inBlock(row));
    }

    List<Column> columns(int row) {
        return blocks.get(row >>> BLOCK_SHIFT).view().columns();
    }

    private Deaths deaths(int row) {
        return blocks.get(row >>> BLOCK_SHIFT).deaths();
    }

    private KeyIndex index() {
        KeyIndex present = index;
        if (present == null) {
            throw MillraceException.internal("table \"" + definition.name() + "\" has no key");
        }
        return present;
    }

    private static void selectAll(Selection selection, int count) {
        for (int i = 0; i < count; i++) {
            selection.rows()[i] = i;
        }
        selection.count(count);
    }
}
