package io.millrace.executor.operator;

import io.millrace.executor.aggregate.Aggregates;
import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyDecoder;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyOrder;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** What windowed and other aggregations share: rows into groups of tables, and groups back into columns. */
final class Grouping {
    private final List<DataType> keyTypes;
    private final KeyLayout layout;
    private final KeyEncoder encoder;
    private final KeyEncoder savedKeys;
    private final KeyDecoder decoder;
    private final KeyOrder order;
    private final Aggregates aggregates;
    private final StringInterner interner = new StringInterner();
    private final TablePool pool;

    private final KeyWords keyWords;
    private final int[] groups = new int[Column.MAX_ROWS];

    Grouping(List<DataType> inputTypes, List<Integer> keys, List<AggregateCall> calls, Aggregates.Use use) {
        keyTypes = keys.stream().map(inputTypes::get).toList();
        layout = new KeyLayout(keyTypes);
        encoder = new KeyEncoder(layout, keys, interner);
        savedKeys =
                new KeyEncoder(layout, IntStream.range(0, keys.size()).boxed().toList(), interner);
        decoder = new KeyDecoder(layout, interner);
        order = new KeyOrder(layout, interner);
        aggregates = new Aggregates(calls, inputTypes, layout.width(), interner, use);
        pool = new TablePool(aggregates::newTable);
        keyWords = new KeyWords(layout.width());
    }

    /** Gives empty tables and takes back those that are no longer needed. */
    TablePool pool() {
        return pool;
    }

    /** Adds the first {@code count} of {@code rows}, in order. */
    void add(GroupTable table, Batch batch, int[] rows, int count) {
        find(table, batch, rows, count);
        addFound(table, batch, rows, count);
    }

    /** The groups of the first {@code count} of {@code rows}, which are made if they are not there; valid until the next call. */
    int[] find(GroupTable table, Batch batch, int[] rows, int count) {
        encoder.encode(batch, rows, count, keyWords);
        table.findOrAdd(keyWords, count, groups);
        return groups;
    }

    /** Adds rows to the groups that {@link #find} has just found for them. */
    void addFound(GroupTable table, Batch batch, int[] rows, int count) {
        aggregates.add(table, groups, batch, rows, count);
    }

    /** A table whose records have {@code words} of the caller's after those of the aggregates, from {@link #firstOwnWord} on. */
    GroupTable newTable(int words) {
        return aggregates.newTable(words);
    }

    /** Adds {@code rows[i]} to {@code of[i]}, in order, for the first {@code count}. */
    void add(GroupTable table, int[] of, Batch batch, int[] rows, int count) {
        aggregates.add(table, of, batch, rows, count);
    }

    /** Adds one group of a table to another of the same table, which have equal keys. */
    void mergeWithin(GroupTable table, int from, int into) {
        GroupTable between = pool.take(); // a table that is read is not to be written
        int copy = between.addCopy(table, from);
        aggregates.merge(table, from, between, copy);
        aggregates.merge(between, copy, table, into);
        pool.give(between);
    }

    /** Orders groups by the numbers that stand beside them, then by their keys. */
    void sort(GroupTable table, long[] numbers, int[] of, int count) {
        order.sort(table, numbers, of, count);
    }

    /** The word of a record that holds a key of a type that is a number in memory. */
    int keyWord(int key) {
        return layout.word(key);
    }

    void merge(GroupTable from, GroupTable into) {
        aggregates.merge(from, into);
    }

    /** All groups, ordered by their keys; valid until the next call. */
    int[] sorted(GroupTable table) {
        return order.sorted(table);
    }

    /** Adds the key columns of {@code count} groups, beginning at {@code of[from]}. */
    void keys(GroupTable table, int[] of, int from, int count, List<Column> out) {
        decoder.decode(table, of, from, count, out);
    }

    /** Adds the result columns of {@code count} groups, beginning at {@code of[from]}. */
    void results(GroupTable table, int[] of, int from, int count, List<Column> out) {
        aggregates.results(table, of, from, count, out);
    }

    /** Where the words of the first aggregate are in a record. */
    int firstAccumulatorWord() {
        return layout.width();
    }

    /** Where the words are that {@link #newTable} was asked for. */
    int firstOwnWord() {
        return layout.width() + aggregates.words();
    }

    /** Forgets groups; the others are numbered anew, in their order. */
    void drop(GroupTable table, BitSet dead) {
        aggregates.compact(table, dead);
    }

    /** Whether enough long strings have gathered for {@link #sweep}. */
    boolean isSweepDue() {
        return interner.isSweepDue();
    }

    /** Drops the long strings that none of the tables, which are all that are in use, refers to. */
    void sweep(Iterable<GroupTable> tables) {
        interner.beginMark();
        for (GroupTable table : tables) {
            layout.mark(table, interner);
            aggregates.mark(table, interner);
        }
        interner.sweep();
    }

    /** What is saved beside the groups. */
    List<SavedPieces> pieces() {
        return aggregates.pieces();
    }

    /** Writes the keys of the first {@code count} of some groups, and what is held of them. */
    void save(GroupTable table, int[] of, int count, StateWriter out) {
        List<Column> keys = new ArrayList<>();
        decoder.decode(table, of, 0, count, keys);
        out.count(count);
        keys.forEach(out::column);
        aggregates.save(table, of, 0, count, out);
    }

    /** Takes groups that were written, in the place of those with the same keys. */
    void restore(GroupTable table, StateReader in) {
        int count = restoreKeys(in);
        table.findOrAdd(keyWords, count, groups);
        aggregates.restore(table, groups, count, in);
    }

    /** Takes groups that were written, in the place of those with these numbers, which are not found by their keys. */
    void restore(GroupTable table, int[] of, StateReader in) {
        int count = restoreKeys(in);
        GroupTable keys = pool.take();
        keys.findOrAdd(keyWords, count, groups);
        for (int i = 0; i < count; i++) {
            while (table.size() <= of[i]) {
                table.addCopy(keys, groups[i]);
            }
            System.arraycopy(
                    keys.page(groups[i]), keys.at(groups[i]), table.page(of[i]), table.at(of[i]), layout.width());
        }
        pool.give(keys);
        aggregates.restore(table, of, count, in);
    }

    private int restoreKeys(StateReader in) {
        int count = in.count();
        List<Column> keys = new ArrayList<>();
        for (DataType type : keyTypes) {
            keys.add(in.column(type));
        }
        int[] rows = new int[count];
        Arrays.setAll(rows, row -> row);
        savedKeys.encode(new ColumnBatch(count, keys), rows, count, keyWords);
        return count;
    }

    /** By group, a number that groups have in common if and only if their keys are equal: from 0 on, without gaps. */
    int[] keyNumbers(GroupTable table) {
        int[] numbers = new int[table.size()];
        GroupTable keys = pool.take();
        for (int from = 0; from < numbers.length; from += Column.MAX_ROWS) {
            int count = Math.min(Column.MAX_ROWS, numbers.length - from);
            keyWords.load(table, from, count);
            keys.findOrAdd(keyWords, count, groups);
            System.arraycopy(groups, 0, numbers, from, count);
        }
        pool.give(keys);
        return numbers;
    }

    /** The bytes held besides the tables in use. */
    long bytes() {
        return interner.bytes() + pool.bytes() + order.bytes() + aggregates.bytes();
    }
}
