package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.SideNumbers;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.DataType;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often each group of one table has each value, so that it is known which are there. A record of the table has the
 * number that its group has here, since its number in the table may change.
 *
 * <pre>
 * record of the table | … | number or 0 | entries | …
 * entry               | number | words of the value | weight |
 * </pre>
 */
final class DistinctWeights {
    static final int WORDS = 2;

    private static final int NUMBER = 0;
    private static final int ENTRIES = 1;

    /** So many entries of weight 0 are left until they are more than the others. */
    private static final int MOST_DEAD = 1024;

    private final int offset;
    private final KeyLayout layout;
    private final KeyEncoder encoder;
    private final KeyWords words;
    private final SavedKeys saved;
    private final GroupTable entries;
    private final SideNumbers numbers = new SideNumbers();

    private int dead;

    private final long[] numberOfRow = new long[Column.MAX_ROWS];
    private final long[] turned = new long[Column.MAX_ROWS];
    private final int[] records = new int[Column.MAX_ROWS];
    private final int[] touched = new int[Column.MAX_ROWS];

    /** @param offset of the words in a record of the table */
    DistinctWeights(int offset, DataType type, StringInterner interner) {
        this.offset = offset;
        layout = new KeyLayout(List.of(DataType.of(DataType.Kind.BIGINT).notNull(), type.notNull()));
        encoder = new KeyEncoder(layout, List.of(0, 1), interner);
        words = new KeyWords(layout.width());
        saved = new SavedKeys(layout, 1, interner, this::restored);
        entries = saved.table();
    }

    /**
     * Adds {@code count} rows with their weights; of them keeps those, in place, with which a value comes to its group or
     * leaves it. Returns how many; {@link #turned} tells which of the two.
     */
    int keepTurned(GroupTable table, Column column, int[] groups, int[] rows, int count, long @Nullable [] weights) {
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            if (page[at + NUMBER] == 0) {
                page[at + NUMBER] = numbers.take();
            }
            numberOfRow[rows[i]] = page[at + NUMBER];
        }
        Column ofGroups = new LongColumn(numberOfRow, null, column.size());
        encoder.encode(new ColumnBatch(column.size(), List.of(ofGroups, column)), rows, count, words);
        int known = entries.size();
        entries.findOrAdd(words, count, records);
        dead += entries.size() - known;
        saved.pieces().changing(records, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long turn = add(table, groups[i], records[i], Accumulator.weight(weights, rows[i]));
            turned[rows[i]] = turn;
            touched[i] = groups[i];
            groups[kept] = groups[i];
            rows[kept] = rows[i];
            kept += turn == 0 ? 0 : 1;
        }
        for (int i = 0; i < count; i++) {
            freeIfEmpty(table, touched[i]);
        }
        reclaim();
        return kept;
    }

    /** By row: +1 for a value that has come, -1 for one that has left. */
    long[] turned() {
        return turned;
    }

    /** Drops the entries of groups that are about to go. Not while the entries are being saved. */
    void forget(GroupTable table, BitSet groups) {
        BitSet gone = new BitSet();
        for (int group = groups.nextSetBit(0); group >= 0; group = groups.nextSetBit(group + 1)) {
            long[] page = table.page(group);
            int at = table.at(group) + offset;
            if (page[at + NUMBER] != 0) {
                gone.set((int) page[at + NUMBER]);
                page[at + NUMBER] = 0;
                page[at + ENTRIES] = 0;
            }
        }
        if (!gone.isEmpty()) {
            compact(gone);
            gone.stream().forEach(numbers::free);
        }
    }

    SavedPieces pieces() {
        return saved.pieces();
    }

    /** A number is in use if and only if it has an entry whose weight is not 0. */
    private void restored() {
        BitSet used = new BitSet();
        dead = 0;
        for (int entry = 0; entry < entries.size(); entry++) {
            long[] page = entries.page(entry);
            int at = entries.at(entry);
            if (page[at + layout.width()] == 0) {
                dead++;
            } else {
                used.set((int) page[at]);
            }
        }
        numbers.restore(used);
    }

    void mark(StringInterner interner) {
        saved.mark(interner);
    }

    long bytes() {
        return saved.bytes() + numbers.bytes();
    }

    /** Returns +1 when the value has come, -1 when it has left, else 0. */
    private long add(GroupTable table, int group, int entry, long weight) {
        long[] page = entries.page(entry);
        int at = entries.at(entry) + layout.width();
        long before = page[at];
        long after = before + weight;
        page[at] = after;
        int more = (after == 0 ? 0 : 1) - (before == 0 ? 0 : 1);
        table.page(group)[table.at(group) + offset + ENTRIES] += more;
        dead -= more;
        return (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    }

    private void freeIfEmpty(GroupTable table, int group) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        if (page[at + ENTRIES] == 0 && page[at + NUMBER] != 0) {
            numbers.free(page[at + NUMBER]);
            page[at + NUMBER] = 0;
        }
    }

    private void reclaim() {
        if (dead > MOST_DEAD && dead * 2 > entries.size() && !saved.pieces().isSaving()) {
            compact(new BitSet());
        }
    }

    private void compact(BitSet gone) {
        BitSet zero = new BitSet();
        for (int entry = 0; entry < entries.size(); entry++) {
            long[] page = entries.page(entry);
            int at = entries.at(entry);
            if (page[at + layout.width()] == 0 || gone.get((int) page[at])) {
                zero.set(entry);
            }
        }
        entries.compact(zero);
        saved.pieces().renumbered();
        dead = 0;
    }
}
