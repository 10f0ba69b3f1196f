package io.millrace.executor.aggregate;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.StringInterner;
import org.jspecify.annotations.Nullable;

/** The value of the only row of a group: {@code | rows | words of the value |}. */
final class SingleValueAccumulator extends Accumulator {
    private final Accumulator value;
    private final int[] group = new int[1];
    private final int[] row = new int[1];

    /** @param value keeps what is not NULL, in the words after the first */
    SingleValueAccumulator(int offset, Accumulator value) {
        super(offset);
        this.value = value;
    }

    @Override
    int words() {
        return 1 + value.words();
    }

    @Override
    boolean countsNulls() {
        return true;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            if (page[at]++ > 0) {
                throw moreThanOneRow();
            }
            if (column != null && !column.isNull(rows[i])) {
                group[0] = groups[i];
                row[0] = rows[i];
                value.add(table, group, column, row, 1, null);
            }
        }
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        throw MillraceException.internal("single values cannot be merged");
    }

    @Override
    void result(GroupTable table, int ofGroup, ColumnBuilder out) {
        value.result(table, ofGroup, out);
    }

    @Override
    void mark(GroupTable table, StringInterner interner) {
        value.mark(table, interner);
    }

    @Override
    void save(GroupTable table, int ofGroup, StateWriter out) {
        out.number(table.page(ofGroup)[table.at(ofGroup) + offset]);
        value.save(table, ofGroup, out);
    }

    @Override
    void restore(GroupTable table, int ofGroup, StateReader in) {
        table.page(ofGroup)[table.at(ofGroup) + offset] = in.number();
        value.restore(table, ofGroup, in);
    }

    static MillraceException moreThanOneRow() {
        return new MillraceException(ErrorCode.TOO_MANY_ROWS, "a sub-query used as a value gave more than one row")
                .withHint("Narrow it to one row, or use IN or EXISTS.");
    }
}
