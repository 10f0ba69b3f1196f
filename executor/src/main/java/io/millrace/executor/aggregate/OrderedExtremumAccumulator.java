package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyDecoder;
import io.millrace.executor.state.OrderedCounts;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.DataType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** MIN and MAX of values that may be taken away: the words of {@link OrderedValues}. */
final class OrderedExtremumAccumulator extends Accumulator {
    private final boolean isMax;
    private final OrderedValues values;
    private final KeyDecoder decoder;

    /** @param slot of tables, of its own */
    OrderedExtremumAccumulator(int offset, int slot, boolean isMax, DataType type, StringInterner interner) {
        super(offset);
        this.isMax = isMax;
        values = new OrderedValues(slot, List.of(type.notNull()), List.of(0), List.of(), interner);
        decoder = new KeyDecoder(values.layout(), interner);
    }

    @Override
    int words() {
        return OrderedValues.WORDS;
    }

    @Override
    boolean hasSide() {
        return true;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        Column argument = Objects.requireNonNull(column);
        values.add(table, offset, groups, new ColumnBatch(argument.size(), List.of(argument)), rows, count, weights);
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            values.merge(from, first + i, into, groups[i], offset);
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        boolean has = isMax ? values.last(table, group, offset) : values.first(table, group, offset);
        if (has) {
            OrderedCounts.Cursor cursor = values.cursor(table);
            decoder.append(0, cursor.page(), cursor.at(), out);
        } else {
            out.appendNull();
        }
    }

    @Override
    void forget(GroupTable table, int group) {
        values.forget(table, group, offset);
    }

    @Override
    void mark(GroupTable table, StringInterner interner) {
        values.mark(table, interner);
    }

    @Override
    void save(GroupTable table, int group, StateWriter out) {
        values.save(table, group, offset, out);
    }

    @Override
    void restore(GroupTable table, int group, StateReader in) {
        values.restore(table, group, offset, in);
    }
}
