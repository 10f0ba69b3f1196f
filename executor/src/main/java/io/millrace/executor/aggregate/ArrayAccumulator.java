package io.millrace.executor.aggregate;

import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.ArrayWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyDecoder;
import io.millrace.executor.state.OrderedCounts;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.DataType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * ARRAY_AGG: the words of {@link OrderedValues}. What is ordered are the columns of the order, then the value, so that
 * the result is the same however the rows came. NULL is an element as any other.
 */
final class ArrayAccumulator extends Accumulator {
    /** As many elements go to the array at once. */
    private static final int GATHERED = 1024;

    private final boolean isDistinct;
    private final int valueColumn;
    private final DataType element;
    private final OrderedValues values;
    private final KeyDecoder decoder;
    private final ArrayWriter array;

    /** @param slot of tables, of its own */
    ArrayAccumulator(int offset, int slot, AggregateCall call, List<DataType> inputTypes, StringInterner interner) {
        super(offset);
        isDistinct = call.distinct();
        valueColumn = call.order().size();
        element = inputTypes.get(Objects.requireNonNull(call.argument()));
        values = OrderedValues.of(call, slot, inputTypes, interner);
        decoder = new KeyDecoder(values.layout(), interner);
        array = new ArrayWriter(element);
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
    boolean countsNulls() {
        return true;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        throw MillraceException.internal("an array is of the columns of a batch");
    }

    @Override
    void add(
            GroupTable table,
            int[] groups,
            Batch batch,
            @Nullable Column column,
            int[] rows,
            int count,
            long @Nullable [] weights) {
        values.add(table, offset, groups, batch, rows, count, weights);
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            values.merge(from, first + i, into, groups[i], offset);
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        if (!values.first(table, group, offset)) {
            out.appendNull();
            return;
        }
        OrderedCounts.Cursor cursor = values.cursor(table);
        ColumnBuilder gathered = ColumnBuilder.of(element);
        array.clear();
        do {
            long times = isDistinct ? 1 : cursor.count();
            for (long i = 0; i < times; i++) {
                decoder.append(valueColumn, cursor.page(), cursor.at(), gathered);
                if (gathered.size() == GATHERED) {
                    append(gathered.build());
                }
            }
        } while (cursor.next());
        append(gathered.build());
        array.finish(out);
    }

    private void append(Column elements) {
        for (int i = 0; i < elements.size(); i++) {
            array.append(elements, i);
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
