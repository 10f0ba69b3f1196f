package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.StringInterner;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of each group of a table, in words of its record; words of zero mean that nothing was added. Calls
 * work on many groups at once.
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
     */
    abstract void add(GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count);

    /** Adds group {@code first + i} of one table to {@code groups[i]} of another, for the first {@code count}. */
    abstract void merge(GroupTable from, int first, GroupTable into, int[] groups, int count);

    /** Appends the result of a group. */
    abstract void result(GroupTable table, int group, ColumnBuilder out);

    /** Whether rows whose argument is NULL are to be added too. */
    boolean countsNulls() {
        return false;
    }

    /** Keeps the long strings that are referred to over the next sweep. */
    void mark(GroupTable table, StringInterner interner) {}
}
