package io.millrace.executor.aggregate;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import org.jspecify.annotations.Nullable;

/** COUNT: {@code | count |}. */
final class CountAccumulator extends Accumulator {
    CountAccumulator(int offset) {
        super(offset);
    }

    @Override
    int words() {
        return 1;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        if (weights != null) {
            addWeights(table, groups, rows, count, weights);
            return;
        }
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            table.page(group)[table.at(group) + offset]++;
        }
    }

    private void addWeights(GroupTable table, int[] groups, int[] rows, int count, long[] weights) {
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            table.page(group)[table.at(group) + offset] += weights[rows[i]];
        }
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            into.page(groups[i])[into.at(groups[i]) + offset] += from.page(first + i)[from.at(first + i) + offset];
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        out.appendLong(table.page(group)[table.at(group) + offset]);
    }
}
