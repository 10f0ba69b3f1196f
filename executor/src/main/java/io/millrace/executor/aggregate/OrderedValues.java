package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyComparison;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.OrderedCounts;
import io.millrace.executor.state.SideNumbers;
import io.millrace.executor.state.SideState;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.DataType;
import io.millrace.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All values of each group, in order, with how often they came. A record has the number that the group has in the {@link
 * OrderedCounts} of the table, since its number in the table may change.
 *
 * <pre>
 * | number or 0 | entries |
 * </pre>
 */
final class OrderedValues {
    static final int WORDS = 2;

    private static final int NUMBER = 0;
    private static final int ENTRIES = 1;

    private final int slot;
    private final StringInterner interner;
    private final KeyLayout layout;
    private final KeyComparison comparison;
    private final KeyEncoder encoder;
    private final KeyWords keys;
    private final long[] restored;

    /**
     * @param slot of tables, of its own
     * @param types of the columns that a value consists of
     * @param columns of the batch
     * @param directions of the first columns; the others are ascending, NULL last
     */
    OrderedValues(
            int slot,
            List<DataType> types,
            List<Integer> columns,
            List<KeyComparison.Direction> directions,
            StringInterner interner) {
        this.slot = slot;
        this.interner = interner;
        layout = new KeyLayout(types);
        comparison = new KeyComparison(layout, directions, interner);
        encoder = new KeyEncoder(layout, columns, interner);
        keys = new KeyWords(layout.width());
        restored = new long[layout.width()];
    }

    /** The columns of the order of a call, then its argument, then its second one if it has one. */
    static OrderedValues of(AggregateCall call, int slot, List<DataType> inputTypes, StringInterner interner) {
        List<Integer> columns =
                new ArrayList<>(call.order().stream().map(SortKey::column).toList());
        columns.add(Objects.requireNonNull(call.argument()));
        if (call.second() != null) {
            columns.add(call.second());
        }
        Function<SortKey, KeyComparison.Direction> direction =
                key -> new KeyComparison.Direction(key.descending(), key.nullsFirst());
        return new OrderedValues(
                slot,
                columns.stream().map(inputTypes::get).toList(),
                columns,
                call.order().stream().map(direction).toList(),
                interner);
    }

    /** What a table holds for all of its groups. */
    private static final class Side implements SideState {
        private final OrderedCounts counts;
        private final OrderedCounts.Cursor cursor;
        private final SideNumbers numbers = new SideNumbers();

        Side(OrderedCounts counts) {
            this.counts = counts;
            cursor = counts.cursor();
        }

        @Override
        public long bytes() {
            return counts.bytes() + numbers.bytes();
        }
    }

    KeyLayout layout() {
        return layout;
    }

    /** @param offset where the words begin in a record */
    void add(
            GroupTable table, int offset, int[] groups, Batch batch, int[] rows, int count, long @Nullable [] weights) {
        encoder.encode(batch, rows, count, keys);
        Side side = side(table);
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            if (page[at + NUMBER] == 0) {
                page[at + NUMBER] = side.numbers.take();
            }
            page[at + ENTRIES] += side.counts.add(page[at + NUMBER], keys, i, Accumulator.weight(weights, rows[i]));
            freeIfEmpty(side, page, at);
        }
    }

    /** Adds rows, and keeps those, in place, whose value is new to their group; returns how many. */
    int keepNew(GroupTable table, int offset, int[] groups, Batch batch, int[] rows, int count) {
        encoder.encode(batch, rows, count, keys);
        Side side = side(table);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            if (page[at + NUMBER] == 0) {
                page[at + NUMBER] = side.numbers.take();
            }
            int more = side.counts.add(page[at + NUMBER], keys, i, 1);
            page[at + ENTRIES] += more;
            groups[kept] = groups[i];
            rows[kept] = rows[i];
            kept += more;
        }
        return kept;
    }

    /** Adds the value that a cursor of another table stands on to a group; returns 1 when it is new to it, else 0. */
    int addOne(GroupTable table, int group, int offset, OrderedCounts.Cursor value) {
        Side side = side(table);
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        if (page[at + NUMBER] == 0) {
            page[at + NUMBER] = side.numbers.take();
        }
        int more = side.counts.add(page[at + NUMBER], value.page(), value.at(), 1);
        page[at + ENTRIES] += more;
        return more;
    }

    /** Adds the values of a group of one table to a group of another. */
    void merge(GroupTable from, int fromGroup, GroupTable into, int group, int offset) {
        if (!first(from, fromGroup, offset)) {
            return;
        }
        OrderedCounts.Cursor cursor = cursor(from);
        Side side = side(into);
        long[] page = into.page(group);
        int at = into.at(group) + offset;
        for (boolean has = true; has; has = cursor.next()) {
            if (page[at + NUMBER] == 0) {
                page[at + NUMBER] = side.numbers.take();
            }
            page[at + ENTRIES] += side.counts.add(page[at + NUMBER], cursor.page(), cursor.at(), cursor.count());
            freeIfEmpty(side, page, at);
        }
    }

    /** A cursor for the values of a group; false when it has none. It is valid until the next call of any method. */
    boolean first(GroupTable table, int group, int offset) {
        long number = table.page(group)[table.at(group) + offset + NUMBER];
        return number != 0 && side(table).cursor.first(number);
    }

    boolean last(GroupTable table, int group, int offset) {
        long number = table.page(group)[table.at(group) + offset + NUMBER];
        return number != 0 && side(table).cursor.last(number);
    }

    /** Where the last call of {@link #first} or {@link #last} has led. */
    OrderedCounts.Cursor cursor(GroupTable table) {
        return side(table).cursor;
    }

    void forget(GroupTable table, int group, int offset) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        if (page[at + NUMBER] != 0) {
            Side side = side(table);
            side.counts.remove(page[at + NUMBER]);
            page[at + ENTRIES] = 0;
            freeIfEmpty(side, page, at);
        }
    }

    void mark(GroupTable table, StringInterner marked) {
        if (table.side(slot) instanceof Side side) {
            side.counts.mark(marked);
        }
    }

    /** Writes the values of a group, with how often each came. */
    void save(GroupTable table, int group, int offset, StateWriter out) {
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        out.number(page[at + ENTRIES]);
        if (page[at + ENTRIES] == 0) {
            return;
        }
        OrderedCounts.Cursor cursor = side(table).counts.all();
        for (boolean has = cursor.first(page[at + NUMBER]); has; has = cursor.next()) {
            layout.save(cursor.page(), cursor.at(), interner, out);
            out.number(cursor.count());
        }
    }

    /** Reads the values of a group, in the place of those that it has. */
    void restore(GroupTable table, int group, int offset, StateReader in) {
        forget(table, group, offset);
        long entries = in.number();
        if (entries == 0) {
            return;
        }
        Side side = side(table);
        long[] page = table.page(group);
        int at = table.at(group) + offset;
        page[at + NUMBER] = side.numbers.take();
        for (long i = 0; i < entries; i++) {
            layout.restore(restored, 0, interner, in);
            page[at + ENTRIES] += side.counts.add(page[at + NUMBER], restored, 0, in.number());
        }
    }

    private static void freeIfEmpty(Side side, long[] page, int at) {
        if (page[at + ENTRIES] == 0) {
            side.numbers.free(page[at + NUMBER]);
            page[at + NUMBER] = 0;
        }
    }

    private Side side(GroupTable table) {
        if (table.side(slot) instanceof Side side) {
            return side;
        }
        Side made = new Side(new OrderedCounts(layout, comparison));
        table.side(slot, made);
        return made;
    }
}
