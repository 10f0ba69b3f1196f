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

/**
 * An aggregate that takes each value of a group once, and whose groups can be merged: the group that takes in another one
 * knows which of its values it has had. No row is taken away.
 *
 * <pre>
 * | words of {@link OrderedValues} | words of the aggregate … |
 * </pre>
 */
final class DistinctAccumulator extends Accumulator {
    private final DataType type;
    private final OrderedValues values;
    private final KeyDecoder decoder;
    private final Accumulator taken;

    private final int[] newRows = new int[Column.MAX_ROWS];
    private final int[] newGroups = new int[Column.MAX_ROWS];

    /**
     * @param slot of tables, of its own
     * @param taken takes the values, with its words after {@link OrderedValues#WORDS} of this one
     */
    DistinctAccumulator(int offset, int slot, DataType type, Accumulator taken, StringInterner interner) {
        super(offset);
        this.type = type;
        this.taken = taken;
        values = new OrderedValues(slot, List.of(type.notNull()), List.of(0), List.of(), interner);
        decoder = new KeyDecoder(values.layout(), interner);
    }

    @Override
    int words() {
        return OrderedValues.WORDS + taken.words();
    }

    @Override
    boolean hasSide() {
        return true;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        Column argument = Objects.requireNonNull(column);
        System.arraycopy(groups, 0, newGroups, 0, count);
        System.arraycopy(rows, 0, newRows, 0, count);
        ColumnBatch batch = new ColumnBatch(argument.size(), List.of(argument));
        int kept = values.keepNew(table, offset, newGroups, batch, newRows, count);
        taken.add(table, newGroups, argument, newRows, kept, null);
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        ColumnBuilder builder = ColumnBuilder.of(type.notNull());
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean has = values.first(from, first + i, offset);
            OrderedCounts.Cursor cursor = values.cursor(from);
            for (; has; has = cursor.next()) {
                if (values.addOne(into, groups[i], offset, cursor) > 0) {
                    decoder.append(0, cursor.page(), cursor.at(), builder);
                    newGroups[kept] = groups[i];
                    newRows[kept] = kept;
                    kept++;
                }
                if (kept == Column.MAX_ROWS) {
                    taken.add(into, newGroups, builder.build(), newRows, kept, null);
                    kept = 0;
                }
            }
        }
        if (kept > 0) {
            taken.add(into, newGroups, builder.build(), newRows, kept, null);
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        taken.result(table, group, out);
    }

    @Override
    void forget(GroupTable table, int group) {
        values.forget(table, group, offset);
        taken.forget(table, group);
    }

    @Override
    void mark(GroupTable table, StringInterner interner) {
        values.mark(table, interner);
        taken.mark(table, interner);
    }

    @Override
    void save(GroupTable table, int group, StateWriter out) {
        values.save(table, group, offset, out);
        taken.save(table, group, out);
    }

    @Override
    void restore(GroupTable table, int group, StateReader in) {
        values.restore(table, group, offset, in);
        taken.restore(table, group, in);
    }
}
