package io.millrace.executor.table;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Rows of which every version that is held shows its own, dead ones included until they are many; see {@link RowBlock} for how
 * they lie. A row is numbered by its place, and it is visible at a position that is above its birth and not above its death.
 *
 * <p>For one thread at a time, which gives {@link TableVersion}s to all others.
 */
public final class VersionedRows {
    /** No row. */
    public static final int NONE = KeyIndex.NONE;

    static final int BLOCK_SHIFT = 12;

    /** The places of so many keys stay near until they are read again. */
    static final int NEAR_ROWS = 512;

    /** An index with room for more at once would take long to make. */
    private static final int MOST_AT_ONCE = 1 << 19;

    private static final int MAX_ROWS = Integer.MAX_VALUE - Column.MAX_ROWS;

    private final String name;
    private final List<DataType> types;
    private final @Nullable KeyColumns keys;
    private final boolean isCounted;
    private final Selection range = new Selection();
    private @Nullable NewestRows found;

    private List<RowBlock> blocks = new ArrayList<>();
    private RowPlaces places;
    private @Nullable KeyIndex index;
    private int rowCount;
    private long liveRows;
    private long sealedBytes;
    private int compactions;
    private @Nullable Relocation relocation;
    private @Nullable TableVersion version;

    /**
     * @param name of what the rows belong to, for messages
     * @param keys the columns by which rows are found, of which no two living rows have equal ones; null: rows are not found
     * @param isCounted whether the last column, a BIGINT, tells how often a row is there
     */
    public VersionedRows(String name, List<DataType> types, @Nullable KeyColumns keys, boolean isCounted) {
        this.name = name;
        this.types = List.copyOf(types);
        this.isCounted = isCounted;
        this.keys = keys;
        index = keys == null ? null : new KeyIndex();
        places = new RowPlaces(blocks, this.types, keys);
    }

    /** So many keys will come; before the first. */
    public void expect(long count) {
        if (index != null && rowCount == 0) {
            index = new KeyIndex((int) Math.min(count, MAX_ROWS / 4));
        }
    }

    /** The place of a row in its block. */
    public static int inBlock(int row) {
        return row & (Column.MAX_ROWS - 1);
    }

    /** How many rows there are, dead or alive. */
    public int rowCount() {
        return rowCount;
    }

    public long liveRows() {
        return liveRows;
    }

    /** The rows now, as they are seen below a position; with changes that may yet be undone. */
    public TableVersion version(long position) {
        TableVersion known = version;
        if (known == null) {
            known = new TableVersion(position, places.views(), rowCount, liveRows, keys, index, isCounted, compactions);
            version = known;
        }
        return known;
    }

    boolean isAlive(int row) {
        return deaths(row).isAlive(inBlock(row));
    }

    /** Ends a living row. */
    public void kill(int row, long position) {
        Deaths deaths = deaths(row);
        if (!deaths.isAlive(inBlock(row))) {
            throw MillraceException.internal("row " + row + " of \"" + name + "\" is dead already");
        }
        deaths.kill(inBlock(row), position);
        liveRows--;
        version = null;
        if (relocation != null) {
            relocation.killed(row, position);
        }
    }

    void revive(int row) {
        deaths(row).revive(inBlock(row));
        liveRows++;
        version = null;
    }

    /** The living row whose key a row in columns like these has; {@link #NONE} when there is none. */
    public int find(List<Column> columns, int row) {
        KeyColumns ours = keys();
        int newest = newest(ours, ours.hash(columns, row), columns, row, rowCount);
        return newest == NONE || !isAlive(newest) ? NONE : newest;
    }

    /** Finds the living rows that have the keys of some rows of a batch, all at once: {@link #found} tells. */
    public void findAll(List<Column> columns, int from, int count) {
        NewestRows newest = found == null ? new NewestRows() : found;
        newest.find(keys(), index(), rowCount, places, columns, from, count);
        if (relocation != null) {
            newest.touchCopies(relocation, count);
        }
        found = newest;
    }

    /** Reads of some rows, or none where a number is negative, whether they live. What it gives means nothing. */
    long touch(int[] rows, int count) {
        long read = 0;
        for (int i = 0; i < count; i++) {
            if (rows[i] >= 0) {
                read += deaths(rows[i]).at(inBlock(rows[i]));
            }
        }
        return read;
    }

    /** The living row that has the key of a row of the batch that was looked for last; {@link #NONE} when there is none. */
    public int found(int place) {
        int row = lastFound().row(place);
        return row == NONE || !isAlive(row) ? NONE : row;
    }

    /** Copies the selected rows of the batch that was looked for last, after the rows that had their keys have been killed. */
    public void appendFound(List<Column> columns, Selection rows) {
        append(columns, rows, 0, false, true);
    }

    /** Copies the selected rows, whose keys no other row has, dead or alive. */
    public void appendDistinct(List<Column> columns, Selection rows) {
        checkRoom(rows.count());
        for (int from = 0; from < rows.count(); ) {
            int part = take(rows, from);
            RowBlock block = append(columns, false, 0);
            addedDistinct(block, part);
            from += part;
        }
    }

    private void checkRoom(int more) {
        if ((long) rowCount + more > MAX_ROWS) {
            throw new MillraceException(ErrorCode.LIMIT_EXCEEDED, "\"" + name + "\" has too many rows");
        }
    }

    /** The newest row of a key, dead or alive. */
    private int newest(KeyColumns ours, int hash, List<Column> rows, int row, int end) {
        return index().newest(
                        hash, end, candidate -> ours.equal(columns(candidate), inBlock(candidate), ours, rows, row));
    }

    /**
     * Copies the selected rows.
     *
     * @param position of the first one's birth
     * @param births whether each is born one position after the one before, and can be found by it
     * @return how many were stored: fewer than all if the next has the key of a living row
     */
    int append(List<Column> columns, Selection rows, long position, boolean births) {
        return append(columns, rows, position, births, false);
    }

    /** @param isFound whether their keys have just been looked for */
    private int append(List<Column> columns, Selection rows, long position, boolean births, boolean isFound) {
        checkRoom(rows.count());
        for (int from = 0; from < rows.count(); ) {
            int part = take(rows, from);
            RowBlock block = append(columns, births, position + from);
            int stored = isFound ? addedFound(block, rows, from, part) : added(block, part);
            from += stored;
            if (stored < part) {
                return from;
            }
        }
        return rows.count();
    }

    /** Copies the selected rows, whose keys no living row has. */
    public void append(List<Column> columns, Selection rows) {
        if (append(columns, rows, 0, false) < rows.count()) {
            throw MillraceException.internal("two rows of \"" + name + "\" have the same key");
        }
    }

    /** Puts as many of the rows as the last block has room for into {@link #range}; returns how many. */
    private int take(Selection rows, int from) {
        RowBlock last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        int room = last == null || last.room() == 0 ? Column.MAX_ROWS : last.room();
        int part = Math.min(rows.count() - from, room);
        System.arraycopy(rows.rows(), from, range.rows(), 0, part);
        range.count(part);
        return part;
    }

    /** Copies {@link #range} to the last block. */
    private RowBlock append(List<Column> columns, boolean births, long birth) {
        RowBlock block = open(births);
        try {
            block.append(columns, range, birth);
        } finally {
            places.changed(); // it may have been given room, if no more
        }
        return block;
    }

    private RowBlock open(boolean births) {
        RowBlock last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last == null || last.room() == 0) {
            places.reserve();
            last = new RowBlock(types, births, blocks.isEmpty());
            blocks.add(last);
        }
        return last;
    }

    /** Counts rows that have been appended to the last block, and puts them into the index; returns how many it took. */
    private int added(RowBlock block, int count) {
        int first = count(block, count);
        KeyColumns ours = keys;
        if (ours == null) {
            return count;
        }
        List<Column> columns = block.view().columns();
        for (int row = first; row < first + count; row++) {
            int hash = ours.hash(columns, inBlock(row));
            int newest = newest(ours, hash, columns, inBlock(row), rowCount);
            if (newest != NONE && isAlive(newest)) {
                for (int rest = row; rest < first + count; rest++) {
                    bury(rest); // these are not in the index
                    liveRows--;
                }
                return row - first;
            }
            index().add(hash, row, newest);
        }
        return count;
    }

    private int count(RowBlock block, int count) {
        int first = rowCount;
        rowCount += count;
        liveRows += count;
        version = null;
        if (block.room() == 0) {
            sealedBytes += block.bytes();
        }
        return first;
    }

    /** As {@link #added}, where a look-up has told already what rows had the keys. */
    private int addedFound(RowBlock block, Selection rows, int from, int count) {
        int first = count(block, count);
        NewestRows known = lastFound();
        for (int i = 0; i < count; i++) {
            int place = rows.rows()[from + i];
            int newest = known.row(place);
            if (newest == NONE) { // maybe one that has just been added
                newest = newest(keys(), known.hash(place), columns(first + i), inBlock(first + i), first + i);
            }
            if (newest != NONE && isAlive(newest)) {
                throw MillraceException.internal("two rows of \"" + name + "\" have the same key");
            }
            index().add(known.hash(place), first + i, newest, known.slot(place));
        }
        return count;
    }

    /** Counts rows whose keys no other row has. */
    private void addedDistinct(RowBlock block, int count) {
        int first = count(block, count);
        if (keys != null) {
            NewestRows near = found == null ? new NewestRows() : found;
            found = near;
            for (int from = 0; from < count; from += NEAR_ROWS) {
                int part = Math.min(NEAR_ROWS, count - from);
                near.touch(keys(), index(), block.view().columns(), inBlock(first + from), part);
                for (int i = 0; i < part; i++) {
                    index().add(near.hash(inBlock(first + from) + i), first + from + i, NONE);
                }
            }
        }
    }

    /** A row that was stored in vain: nobody will ever see it. */
    private void bury(int row) {
        deaths(row).kill(inBlock(row), Deaths.NEVER_BORN);
    }

    /** Takes back the rows from {@code first} on; they stay, unseen, until rows are compacted. */
    void undoFrom(int first) {
        for (int row = rowCount - 1; row >= first; row--) {
            if (!isAlive(row)) {
                continue; // buried before, and not in the index
            }
            KeyColumns ours = keys;
            if (ours != null) {
                index().undo(ours.hash(columns(row), inBlock(row)), row);
            }
            bury(row);
            liveRows--;
        }
        version = null;
    }

    /**
     * Drops the dead rows when they are more than a share of the living; the versions that are held keep theirs.
     *
     * @return whether it was done: the living rows, in their order, are numbered anew
     */
    public boolean compactIfDue(double share) {
        if (!isCompactionDue(share)) {
            return false;
        }
        VersionedRows living = withRoom();
        Selection alive = new Selection();
        for (RowBlock block : blocks) {
            BlockView view = block.view();
            if (view.deaths().visible(view.rows(), Deaths.ALIVE, alive) == null) {
                selectAll(alive, view.rows());
            }
            living.copy(block, view, alive);
        }
        takeOver(living);
        return true;
    }

    /**
     * As {@link #compactIfDue}, of rows that have a key and cannot be revived, and only of about so many rows at each call: nobody
     * waits long, however many there are. It ends if more are copied than come.
     *
     * @param hasRoom whether so many bytes may be held meanwhile; if not, all are moved at once
     */
    public void compactSome(double share, long most, LongPredicate hasRoom) {
        if (relocation == null && isCompactionDue(share)) {
            if (rowCount <= most || !hasRoom.test(bytes())) { // those that come meanwhile need room too
                compactIfDue(share);
                return;
            }
            VersionedRows target = new VersionedRows(name, types, keys, isCounted);
            target.index = KeyIndex.toPrepare((int) Math.min(liveRows, MAX_ROWS / 4));
            relocation = new Relocation(this, target);
        }
        if (relocation != null && relocation.copy(most)) {
            takeOver(relocation.target());
            relocation = null;
        }
    }

    private boolean isCompactionDue(double share) {
        long dead = rowCount - liveRows;
        return dead >= Column.MAX_ROWS && dead >= liveRows * share;
    }

    private VersionedRows withRoom() {
        VersionedRows empty = new VersionedRows(name, types, keys, isCounted);
        empty.index = keys == null ? null : new KeyIndex(Math.min((int) liveRows, MOST_AT_ONCE));
        return empty;
    }

    private void takeOver(VersionedRows living) {
        blocks = living.blocks;
        places = living.places;
        index = living.index;
        rowCount = living.rowCount;
        liveRows = living.liveRows;
        sealedBytes = living.sealedBytes;
        compactions++;
        version = null;
    }

    /** Makes room in the index, if it was not made at once; returns whether all of it is there. */
    boolean prepareIndex(long bytes) {
        return index().prepare(bytes);
    }

    RowBlock block(int number) {
        return blocks.get(number);
    }

    /** Copies the selected rows of a block, whose keys no other row has, with their births. */
    void copy(RowBlock source, BlockView view, Selection alive) {
        for (int from = 0; from < alive.count(); ) {
            from += take(alive, from);
            RowBlock block = open(source.hasBirths());
            try {
                block.append(view, source, range);
            } finally {
                places.changed();
            }
            addedDistinct(block, range.count());
        }
    }

    /** The living row that was born at a position; {@link #NONE} when there is none. */
    int findBirth(long birth) {
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
        return row < 0 || !blocks.get(low).deaths().isAlive(row) ? NONE : (low << BLOCK_SHIFT) + row;
    }

    long birth(int row) {
        return blocks.get(row >>> BLOCK_SHIFT).birth(inBlock(row));
    }

    /** The columns of the block that holds a row, at {@link #inBlock}. */
    public List<Column> columns(int row) {
        return places.view(row).columns();
    }

    private Deaths deaths(int row) {
        return places.deaths(row);
    }

    private NewestRows lastFound() {
        NewestRows present = found;
        if (present == null) {
            throw MillraceException.internal("nothing has been looked for in \"" + name + "\"");
        }
        return present;
    }

    private KeyColumns keys() {
        KeyColumns present = keys;
        if (present == null) {
            throw MillraceException.internal("\"" + name + "\" has no key");
        }
        return present;
    }

    private KeyIndex index() {
        KeyIndex present = index;
        if (present == null) {
            throw MillraceException.internal("\"" + name + "\" has no key");
        }
        return present;
    }

    /** The memory that the rows and the index take. */
    public long bytes() {
        RowBlock last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        return sealedBytes
                + (last == null || last.room() == 0 ? 0 : last.bytes())
                + (index == null ? 0 : index.bytes())
                + (relocation == null ? 0 : relocation.bytes());
    }

    private static void selectAll(Selection selection, int count) {
        for (int i = 0; i < count; i++) {
            selection.rows()[i] = i;
        }
        selection.count(count);
    }
}
