package io.millrace.executor.aggregate;

import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyComparison;
import io.millrace.executor.state.KeyDecoder;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;
import org.jspecify.annotations.Nullable;

/** ARG_MIN and ARG_MAX of rows that stay: {@code | present | words of what is compared, then of the value |}. */
final class ArgumentAccumulator extends Accumulator {
    private static final int PRESENT = 0;
    private static final int VALUE = 1;

    private final boolean isMax;
    private final int compared;
    private final StringInterner interner;
    private final KeyLayout layout;
    private final KeyComparison comparison;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final KeyWords keys;
    private final long[] probe;

    ArgumentAccumulator(int offset, ArgumentOrder order, StringInterner interner) {
        super(offset);
        this.interner = interner;
        isMax = order.isMax();
        compared = order.columns().get(ArgumentOrder.COMPARED);
        layout = new KeyLayout(order.types());
        comparison = new KeyComparison(layout, order.directions(), interner);
        encoder = new KeyEncoder(layout, order.columns(), interner);
        decoder = new KeyDecoder(layout, interner);
        keys = new KeyWords(layout.width());
        probe = new long[layout.width()];
    }

    @Override
    int words() {
        return 1 + layout.width();
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
        encoder.encode(batch, rows, count, keys);
        Column by = batch.column(compared);
        boolean hasNulls = by.hasNulls();
        for (int i = 0; i < count; i++) {
            if (hasNulls && by.isNull(rows[i])) {
                continue;
            }
            keys.copy(i, probe);
            offer(probe, 0, table, groups[i]);
        }
    }

    private void offer(long[] from, int start, GroupTable table, int group) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        int order = page[at + PRESENT] == 0 ? 0 : comparison.compare(from, start, page, at + VALUE);
        if (page[at + PRESENT] == 0 || (isMax ? order > 0 : order < 0)) {
            page[at + PRESENT] = 1;
            System.arraycopy(from, start, page, at + VALUE, layout.width());
        }
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            int at = from.at(first + i) + offset;
            if (from.page(first + i)[at + PRESENT] != 0) {
                offer(from.page(first + i), at + VALUE, into, groups[i]);
            }
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        int at = table.at(group) + offset;
        if (table.page(group)[at + PRESENT] == 0) {
            out.appendNull();
        } else {
            decoder.append(ArgumentOrder.VALUE, table.page(group), at + VALUE, out);
        }
    }

    @Override
    void mark(GroupTable table, StringInterner marked) {
        for (int group = 0; group < table.size(); group++) {
            int at = table.at(group) + offset;
            if (table.page(group)[at + PRESENT] != 0) {
                layout.mark(table.page(group), at + VALUE, marked);
            }
        }
    }

    @Override
    void save(GroupTable table, int group, StateWriter out) {
        int at = table.at(group) + offset;
        out.number(table.page(group)[at + PRESENT]);
        layout.save(table.page(group), at + VALUE, interner, out);
    }

    @Override
    void restore(GroupTable table, int group, StateReader in) {
        int at = table.at(group) + offset;
        table.page(group)[at + PRESENT] = in.number();
        layout.restore(table.page(group), at + VALUE, interner, in);
    }
}
