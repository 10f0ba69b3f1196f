package io.millrace.executor.aggregate;

import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyDecoder;
import io.millrace.executor.state.OrderedCounts;
import io.millrace.executor.state.StringInterner;
import org.jspecify.annotations.Nullable;

/** ARG_MIN and ARG_MAX of rows that may be taken away: the words of {@link OrderedValues}, in {@link ArgumentOrder}. */
final class OrderedArgumentAccumulator extends Accumulator {
    private final boolean isMax;
    private final int compared;
    private final OrderedValues values;
    private final KeyDecoder decoder;
    private final int[] keptRows = new int[Column.MAX_ROWS];
    private final int[] keptGroups = new int[Column.MAX_ROWS];

    /** @param slot of tables, of its own */
    OrderedArgumentAccumulator(int offset, int slot, ArgumentOrder order, StringInterner interner) {
        super(offset);
        isMax = order.isMax();
        compared = order.columns().get(ArgumentOrder.COMPARED);
        values = new OrderedValues(slot, order.types(), order.columns(), order.directions(), interner);
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
    boolean countsNulls() {
        return true;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        throw MillraceException.internal("the value of a row is of the columns of a batch");
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
        Column by = batch.column(compared);
        if (!by.hasNulls()) {
            values.add(table, offset, groups, batch, rows, count, weights);
            return;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            keptRows[kept] = rows[i];
            keptGroups[kept] = groups[i];
            kept += by.isNull(rows[i]) ? 0 : 1;
        }
        values.add(table, offset, keptGroups, batch, keptRows, kept, weights);
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
            decoder.append(ArgumentOrder.VALUE, cursor.page(), cursor.at(), out);
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
