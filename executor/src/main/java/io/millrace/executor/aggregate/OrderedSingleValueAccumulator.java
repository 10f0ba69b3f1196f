package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.StringInterner;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of the only row of a group when rows may be taken away: {@code | rows | words of the values that are not
 * NULL |}. That there are more rows is an error of the result, since some may have to go yet.
 */
final class OrderedSingleValueAccumulator extends Accumulator {
    private final Accumulator values;
    private final int[] keptRows = new int[Column.MAX_ROWS];
    private final int[] keptGroups = new int[Column.MAX_ROWS];

    /** @param values keeps all of what is not NULL, in the words after the first */
    OrderedSingleValueAccumulator(int offset, Accumulator values) {
        super(offset);
        this.values = values;
    }

    @Override
    int words() {
        return 1 + values.words();
    }

    @Override
    boolean hasSide() {
        return values.hasSide();
    }

    @Override
    boolean countsNulls() {
        return true;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        Column argument = Objects.requireNonNull(column);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            table.page(groups[i])[table.at(groups[i]) + offset] += weight(weights, rows[i]);
            keptRows[kept] = rows[i];
            keptGroups[kept] = groups[i];
            kept += argument.isNull(rows[i]) ? 0 : 1;
        }
        values.add(table, keptGroups, column, keptRows, kept, weights);
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            into.page(groups[i])[into.at(groups[i]) + offset] += from.page(first + i)[from.at(first + i) + offset];
        }
        values.merge(from, first, into, groups, count);
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        if (table.page(group)[table.at(group) + offset] > 1) {
            throw SingleValueAccumulator.moreThanOneRow();
        }
        values.result(table, group, out);
    }

    @Override
    void forget(GroupTable table, int group) {
        values.forget(table, group);
    }

    @Override
    void mark(GroupTable table, StringInterner interner) {
        values.mark(table, interner);
    }

    @Override
    void save(GroupTable table, int group, StateWriter out) {
        out.number(table.page(group)[table.at(group) + offset]);
        values.save(table, group, out);
    }

    @Override
    void restore(GroupTable table, int group, StateReader in) {
        table.page(group)[table.at(group) + offset] = in.number();
        values.restore(table, group, in);
    }
}
