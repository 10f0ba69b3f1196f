package io.millrace.executor.state;

import io.millrace.executor.state.KeyLayout.KeyColumn;
import java.util.Arrays;

/** Orders groups by their keys: numbers by value with NaN last, strings by their bytes, NULL last. */
public final class KeyOrder {
    private final KeyLayout layout;
    private final KeyComparison comparison;
    private final IndexSorter sorter = new IndexSorter();

    private int[] groups = new int[0];
    private long[] prefixes = new long[0];

    public KeyOrder(KeyLayout layout, StringInterner interner) {
        this.layout = layout;
        comparison = new KeyComparison(layout, interner);
    }

    /** All groups of a table in order; the array may be longer, and is valid until the next call. */
    public int[] sorted(GroupTable table) {
        int size = table.size();
        if (groups.length < size) {
            groups = new int[size];
            prefixes = new long[size];
        } else if (groups.length > 4096 && size < groups.length / 16) {
            groups = Arrays.copyOf(groups, Math.max(4096, size));
            prefixes = new long[groups.length];
        }
        for (int group = 0; group < size; group++) {
            groups[group] = group;
        }
        if (layout.columns().isEmpty()) {
            return groups;
        }
        KeyColumn first = layout.columns().get(0);
        for (int group = 0; group < size; group++) {
            prefixes[group] = prefix(first, table.page(group), table.at(group));
        }
        sorter.sort(
                prefixes,
                groups,
                size,
                (left, right) ->
                        comparison.compare(table.page(left), table.at(left), table.page(right), table.at(right)));
        return groups;
    }

    /** Orders groups by the numbers that stand beside them, and by their keys where those are equal. */
    public void sort(GroupTable table, long[] numbers, int[] of, int count) {
        sorter.sort(
                numbers,
                of,
                count,
                (left, right) ->
                        comparison.compare(table.page(left), table.at(left), table.page(right), table.at(right)));
    }

    /** The bytes of scratch memory. */
    public long bytes() {
        return groups.length * 12L + sorter.bytes();
    }

    /** A number in the order of the first key, as far as it goes. */
    private long prefix(KeyColumn column, long[] page, int at) {
        if (layout.isNull(column, page, at)) {
            return Long.MAX_VALUE;
        }
        long word = page[at + column.word()];
        return switch (column.type().storage()) {
            case LONG, DECIMAL128 -> word;
            case DOUBLE -> IndexSorter.sortable(word);
            case BYTES -> word ^ Long.MIN_VALUE;
        };
    }
}
