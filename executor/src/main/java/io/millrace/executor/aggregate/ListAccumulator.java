package io.millrace.executor.aggregate;

import io.millrace.error.ErrorCode;
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
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.DataType;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * LISTAGG: the words of {@link OrderedValues}. What is ordered are the columns of the order, then the value, then the
 * separator, so that the result is the same however the rows came.
 */
final class ListAccumulator extends Accumulator {
    /** The longest text, as of any function. */
    private static final int MOST_BYTES = 8 << 20;

    private final boolean isDistinct;
    private final boolean hasSeparator;
    private final int valueColumn;
    private final OrderedValues values;
    private final KeyDecoder decoder;

    /** @param slot of tables, of its own */
    ListAccumulator(int offset, int slot, AggregateCall call, List<DataType> inputTypes, StringInterner interner) {
        super(offset);
        isDistinct = call.distinct();
        hasSeparator = call.second() != null;
        valueColumn = call.order().size();
        values = OrderedValues.of(call, slot, inputTypes, interner);
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
        throw MillraceException.internal("a list is of the columns of a batch");
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
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] last = null;
        do {
            byte[] value = decoder.bytes(valueColumn, cursor.page(), cursor.at());
            byte[] separator = hasSeparator ? decoder.bytes(valueColumn + 1, cursor.page(), cursor.at()) : null;
            // equal ones can differ in their separators
            long times = !isDistinct ? cursor.count() : Arrays.equals(value, last) ? 0 : 1;
            for (long i = 0; i < times; i++) {
                append(text, last == null ? null : separator);
                append(text, value);
                last = value;
            }
        } while (cursor.next());
        out.appendBytes(text.toByteArray(), 0, text.size());
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

    private static void append(ByteArrayOutputStream text, byte @Nullable [] bytes) {
        if (bytes == null) {
            return;
        }
        if (text.size() + bytes.length > MOST_BYTES) {
            throw new MillraceException(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "the text of a group is longer than 8 MB")
                    .withHint("Aggregate fewer or shorter values.");
        }
        QueryScope.allocate(bytes.length);
        text.write(bytes, 0, bytes.length);
    }
}
