package io.millrace.executor.operator;

import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;
import io.millrace.executor.table.KeyColumns;
import io.millrace.executor.table.VersionedRows;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One side of a join whose inputs change: its rows with their weights, and per distinct key the chain of those that have it.
 *
 * <pre>
 * record  | key words … | newest row + 1 |
 * next    | row + 1 of the row before it with the same key; 0 ends the chain, per row
 * weight  | how often the row is there, per row; 0: it has gone, and is passed over
 * matches | how often partners of the row are there, per row, where the join asks for it
 * </pre>
 */
final class JoinSide {
    private static final double DEAD_SHARE = 0.5;
    /** Of each row: its number, weight and matches. */
    private static final int WRITTEN = 3;

    private final List<DataType> types;
    private final boolean isChanging;
    private final int[] keyColumns;
    private final int keyWords;
    private final StringInterner interner = new StringInterner();
    private final KeyLayout layout;
    private final KeyEncoder encoder;
    private final KeyEncoder otherEncoder;
    private final KeyWords words;
    private final VersionedRows rows;
    private final Selection one = new Selection(1);
    private final int[] groups = new int[Column.MAX_ROWS];

    private final SavedPieces pieces;

    /** While rows are restored: 1 more than the row that was written under a number. */
    private int[] placeOf = new int[0];

    private GroupTable table;
    private int[] next = new int[64];
    private long[] weight = new long[64];
    private long[] matches = new long[64];

    /**
     * @param layout of the key, which both sides share
     * @param keys the columns of the key in rows of this side
     * @param otherKeys and of the other side
     * @param isChanging whether rows can go again
     */
    JoinSide(List<DataType> types, KeyLayout layout, List<Integer> keys, List<Integer> otherKeys, boolean isChanging) {
        this.types = types;
        this.isChanging = isChanging;
        this.layout = layout;
        keyColumns = keys.stream().mapToInt(Integer::intValue).toArray();
        keyWords = layout.width();
        encoder = new KeyEncoder(layout, keys, interner);
        otherEncoder = KeyEncoder.forSearch(layout, otherKeys, interner);
        words = new KeyWords(keyWords);
        table = new GroupTable(keyWords, 1);
        pieces =
                new SavedPieces(Column.MAX_ROWS, () -> rows().rowCount(), this::write, this::restore, this::endRestore);
        rows = new VersionedRows("join", types, isChanging ? KeyColumns.ofRows(types.size()) : null, false);
    }

    VersionedRows rows() {
        return rows;
    }

    long weight(int row) {
        return weight[row];
    }

    long matches(int row) {
        return matches[row];
    }

    void match(int row, long more) {
        pieces.changing(row);
        matches[row] += more;
    }

    /** Finds for rows of the other side the newest row of their chain; -1 when there is none. */
    void find(Batch others, int[] selected, int count, int[] newest) {
        otherEncoder.encode(others, selected, count, words);
        table.find(words, count, groups);
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            newest[i] = group < 0 ? -1 : (int) table.page(group)[table.at(group) + keyWords] - 1;
        }
    }

    /** The next row of a chain; -1 at its end. */
    int next(int row) {
        return next[row] - 1;
    }

    /**
     * Takes changes.
     *
     * @param found how often partners of each are there
     */
    void add(Batch batch, int[] selected, int count, long[] found) {
        encoder.encode(batch, selected, count, words);
        table.findOrAdd(words, count, groups);
        long[] weights = batch.weights();
        List<Column> columns = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            columns.add(batch.column(i));
        }
        for (int i = 0; i < count; i++) {
            long change = weights == null ? 1 : weights[selected[i]];
            int known = isChanging ? rows.find(columns, selected[i]) : VersionedRows.NONE;
            if (known != VersionedRows.NONE) {
                pieces.changing(known);
                weight[known] += change;
                if (weight[known] == 0) {
                    rows.kill(known, 0);
                }
                continue;
            }
            append(columns, selected[i], groups[i], change, found[i]);
        }
    }

    private void append(List<Column> columns, int place, int group, long times, long partners) {
        int row = rows.rowCount();
        one.rows()[0] = place;
        one.count(1);
        rows.append(columns, one);
        reserve(row);
        weight[row] = times;
        matches[row] = partners;
        link(group, row);
        pieces.changing(row);
    }

    private void link(int group, int row) {
        long[] page = table.page(group);
        int at = table.at(group) + keyWords;
        next[row] = (int) page[at];
        page[at] = row + 1;
    }

    private void reserve(int row) {
        if (row >= next.length) {
            int larger = Math.max(row + 1, next.length + (next.length >> 1));
            QueryScope.allocate(larger * 20L);
            next = Arrays.copyOf(next, larger);
            weight = Arrays.copyOf(weight, larger);
            matches = Arrays.copyOf(matches, larger);
        }
    }

    /** Between steps: drops the rows that have gone, when they are many. */
    void endStep() {
        long[] living = weight;
        int count = rows.rowCount();
        if (!isChanging || pieces.isSaving() || !rows.compactIfDue(DEAD_SHARE)) {
            return;
        }
        pieces.renumbered();
        int kept = 0;
        for (int row = 0; row < count; row++) {
            if (living[row] != 0) {
                weight[kept] = living[row];
                matches[kept++] = matches[row];
            }
        }
        table = new GroupTable(keyWords, 1);
        int[] all = new int[Column.MAX_ROWS];
        for (int from = 0; from < kept; from += Column.MAX_ROWS) {
            int part = Math.min(Column.MAX_ROWS, kept - from);
            for (int i = 0; i < part; i++) {
                all[i] = i;
            }
            encoder.encode(new ColumnBatch(part, rows.columns(from)), all, part, words);
            table.findOrAdd(words, part, groups);
            for (int i = 0; i < part; i++) {
                link(groups[i], from + i);
            }
        }
        if (interner.isSweepDue()) {
            interner.beginMark();
            layout.mark(table, interner);
            interner.sweep();
        }
    }

    /** The columns of the key. */
    int[] keyColumns() {
        return keyColumns;
    }

    /** The rows, with their weights and matches. */
    SavedState state() {
        return pieces;
    }

    private void write(int[] pieceRows, int count, StateWriter out) {
        List<ColumnBuilder> builders = types.stream().map(ColumnBuilder::of).toList();
        long[] numbers = new long[WRITTEN * count];
        for (int i = 0; i < count; i++) {
            int row = pieceRows[i];
            List<Column> columns = rows.columns(row);
            for (int column = 0; column < builders.size(); column++) {
                builders.get(column).append(columns.get(column), VersionedRows.inBlock(row));
            }
            numbers[WRITTEN * i] = row;
            numbers[WRITTEN * i + 1] = weight[row];
            numbers[WRITTEN * i + 2] = matches[row];
        }
        out.count(count);
        builders.forEach(builder -> out.column(builder.build()));
        out.numbers(numbers, 0, WRITTEN * count);
    }

    /** A row that was written before is known by the number that it had then: equal rows may have come and gone since. */
    private void restore(StateReader in) {
        int count = in.count();
        List<Column> columns = new ArrayList<>();
        for (DataType type : types) {
            columns.add(in.column(type));
        }
        long[] numbers = new long[WRITTEN * count];
        in.numbers(numbers, 0, WRITTEN * count);
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        encoder.encode(new ColumnBatch(count, columns), all, count, words);
        table.findOrAdd(words, count, groups);
        for (int i = 0; i < count; i++) {
            int number = Math.toIntExact(numbers[WRITTEN * i]);
            long times = numbers[WRITTEN * i + 1];
            if (number >= placeOf.length) {
                placeOf = Arrays.copyOf(placeOf, Math.max(number + 1, placeOf.length * 2));
            }
            int known = placeOf[number] - 1;
            if (known >= 0 && weight[known] != 0) {
                set(known, times);
                matches[known] = numbers[WRITTEN * i + 2];
            } else if (times != 0) {
                int stale = isChanging ? rows.find(columns, i) : VersionedRows.NONE;
                if (stale != VersionedRows.NONE) {
                    set(stale, 0); // it has gone, which comes later in the file
                }
                placeOf[number] = rows.rowCount() + 1;
                append(columns, i, groups[i], times, numbers[WRITTEN * i + 2]);
            }
        }
    }

    private void set(int row, long times) {
        weight[row] = times;
        if (times == 0) {
            rows.kill(row, 0);
        }
    }

    /** The rows have other numbers than when they were written. */
    private void endRestore() {
        placeOf = new int[0];
        pieces.renumbered();
    }

    long bytes() {
        return pieces.bytes() + rows.bytes() + table.bytes() + interner.bytes() + next.length * 20L;
    }
}
