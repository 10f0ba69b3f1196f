package io.millrace.executor.operator;

import io.millrace.executor.aggregate.Aggregates;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyDecoder;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyOrder;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.DataType;
import java.util.BitSet;
import java.util.List;

/** What windowed and other aggregations share: rows into groups of tables, and groups back into columns. */
final class Grouping {
    private final KeyLayout layout;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final KeyOrder order;
    private final Aggregates aggregates;
    private final StringInterner interner = new StringInterner();
    private final TablePool pool;

    private final KeyWords keyWords;
    private final int[] groups = new int[Column.MAX_ROWS];

    Grouping(List<DataType> inputTypes, List<Integer> keys, List<AggregateCall> calls, Aggregates.Use use) {
        layout = new KeyLayout(keys.stream().map(inputTypes::get).toList());
        encoder = new KeyEncoder(layout, keys, interner);
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

    /** The bytes held besides the tables in use. */
    long bytes() {
        return interner.bytes() + pool.bytes() + order.bytes() + aggregates.bytes();
    }
}
