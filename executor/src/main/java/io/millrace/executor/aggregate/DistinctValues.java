package io.millrace.executor.aggregate;

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

/** The values that each group of one table has had: a record {@code | group | words of the value |} for each. */
final class DistinctValues {
    private final KeyLayout layout;
    private final KeyEncoder encoder;
    private final KeyWords words;
    private final GroupTable values;

    private final long[] groupOfRow = new long[Column.MAX_ROWS];
    private final int[] records = new int[Column.MAX_ROWS];

    DistinctValues(DataType type, StringInterner interner) {
        layout = new KeyLayout(List.of(DataType.of(DataType.Kind.BIGINT).notNull(), type));
        encoder = new KeyEncoder(layout, List.of(0, 1), interner);
        words = new KeyWords(layout.width());
        values = new GroupTable(layout.width(), 0);
    }

    /** Of {@code count} rows and their groups keeps those, in place, whose value is new to the group; returns how many. */
    int keepNew(Column column, int[] groups, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            groupOfRow[rows[i]] = groups[i];
        }
        int next = values.size();
        Column ofGroups = new LongColumn(groupOfRow, null, column.size());
        encoder.encode(new Pairs(ofGroups, column), rows, count, words);
        values.findOrAdd(words, count, records);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            groups[kept] = groups[i];
            rows[kept] = rows[i];
            if (records[i] == next) {
                next++;
                kept++;
            }
        }
        return kept;
    }

    void mark(StringInterner interner) {
        layout.mark(values, interner);
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
