package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.StringInterner;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of each group of a table, in words of its record; words of zero mean that nothing was added. Calls
 * work on many groups at once.
 *
 * <p>A weight adds a row so often, or takes it away. The result depends on the sum of each value's weights alone, and a
 * group from which all was taken away has words of zero and holds nothing else.
 */
abstract class Accumulator {
    /** Where the accumulator's words begin in a record. */
    final int offset;

    Accumulator(int offset) {
        this.offset = offset;
    }

    /** How many words of the record it takes. */
    abstract int words();

    /**
     * Adds the value of {@code rows[i]} to {@code groups[i]}, in order, for the first {@code count}.
     *
     * @param column the argument, NULL in none of the rows unless NULLs count; null when the function has none
     * @param weights by row, none of them 0; null when all are +1
     */
    abstract void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights);

    /** The same for functions of several columns of a batch. */
    void add(
            GroupTable table,
            int[] groups,
            Batch batch,
            @Nullable Column column,
            int[] rows,
            int count,
            long @Nullable [] weights) {
        add(table, groups, column, rows, count, weights);
    }

    /** Adds group {@code first + i} of one table to {@code groups[i]} of another, for the first {@code count}. */
    abstract void merge(GroupTable from, int first, GroupTable into, int[] groups, int count);

    /** Appends the result of a group. */
    abstract void result(GroupTable table, int group, ColumnBuilder out);

    /** Whether rows whose argument is NULL are to be added too. */
    boolean countsNulls() {
        return false;
    }

    /** Whether it holds something beside the records, in a slot of the tables. */
    boolean hasSide() {
        return false;
    }

    /** Frees what is held beside the record of a group that is about to go. */
    void forget(GroupTable table, int group) {}

    /** Keeps the long strings that are referred to over the next sweep. */
    void mark(GroupTable table, StringInterner interner) {}

    /** Writes what is held of a group: the words, unless they refer to something, else that in their place. */
    void save(GroupTable table, int group, StateWriter out) {
        out.numbers(table.page(group), table.at(group) + offset, words());
    }

    /** Reads what was written of a group, in the place of what is held of it. */
    void restore(GroupTable table, int group, StateReader in) {
        in.numbers(table.page(group), table.at(group) + offset, words());
    }

    static long weight(long @Nullable [] weights, int row) {
        return weights == null ? 1 : weights[row];
    }
}
