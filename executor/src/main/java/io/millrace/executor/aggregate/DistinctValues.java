package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;
import io.millrace.plan.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that each group of one table has had. A record of the table has the number that its group has here, since a
 * table that is restored has its groups in another order.
 *
 * <pre>
 * record of the table | … | number or 0 | …
 * record              | number | words of the value |
 * </pre>
 */
final class DistinctValues {
    static final int WORDS = 1;

    private final int offset;
    private final KeyEncoder encoder;
    private final KeyWords words;
    private final SavedKeys values;

    private long lastNumber;

    private final long[] numberOfRow = new long[Column.MAX_ROWS];
    private final int[] records = new int[Column.MAX_ROWS];

    /** @param offset of the word in a record of the table */
    DistinctValues(int offset, DataType type, StringInterner interner) {
        this.offset = offset;
        KeyLayout layout =
                new KeyLayout(List.of(DataType.of(DataType.Kind.BIGINT).notNull(), type));
        encoder = new KeyEncoder(layout, List.of(0, 1), interner);
        words = new KeyWords(layout.width());
        values = new SavedKeys(layout, 0, interner, this::restored);
    }

    /** Of {@code count} rows and their groups keeps those, in place, whose value is new to the group; returns how many. */
    int keepNew(GroupTable table, Column column, int[] groups, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            if (page[at] == 0) {
                page[at] = ++lastNumber;
            }
            numberOfRow[rows[i]] = page[at];
        }
        int next = values.table().size();
        Column ofGroups = new LongColumn(numberOfRow, null, column.size());
        encoder.encode(new Pairs(ofGroups, column), rows, count, words);
        values.table().findOrAdd(words, count, records);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            groups[kept] = groups[i];
            rows[kept] = rows[i];
            if (records[i] == next) {
                values.pieces().changing(next++);
                kept++;
            }
        }
        return kept;
    }

    private void restored() {
        for (int record = 0; record < values.table().size(); record++) {
            lastNumber = Math.max(
                    lastNumber, values.table().page(record)[values.table().at(record)]);
        }
    }

    SavedPieces pieces() {
        return values.pieces();
    }

    void mark(StringInterner interner) {
        values.mark(interner);
    }

    long bytes() {
        return values.bytes();
    }

    private record Pairs(Column groups, Column values) implements Batch {
        @Override
        public int rowCount() {
            return values.size();
        }

        @Override
        public Column column(int index) {
            return index == 0 ? groups : values;
        }

        @Override
        public @Nullable Selection selection() {
            return null;
        }
    }
}
