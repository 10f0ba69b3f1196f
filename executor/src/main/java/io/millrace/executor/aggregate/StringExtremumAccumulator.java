package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.StringInterner;
import io.millrace.executor.state.StringWords;
import org.jspecify.annotations.Nullable;

/** MIN and MAX of strings by their bytes: the two words of {@link StringWords}. Nothing can be taken away. */
final class StringExtremumAccumulator extends Accumulator {
    private final boolean isMax;
    private final StringInterner interner;
    private final byte[] scratch = new byte[16];

    StringExtremumAccumulator(int offset, boolean isMax, StringInterner interner) {
        super(offset);
        this.isMax = isMax;
        this.interner = interner;
    }

    @Override
    int words() {
        return 2;
    }

    @Override
    void add(
            GroupTable table, int[] groups, @Nullable Column column, int[] rows, int count, long @Nullable [] weights) {
        if (!(column instanceof StringColumn strings)) {
            throw new IllegalArgumentException("no strings in " + column);
        }
        byte[] bytes = strings.bytes();
        for (int i = 0; i < count; i++) {
            long[] page = table.page(groups[i]);
            int at = table.at(groups[i]) + offset;
            int start = strings.start(rows[i]);
            int length = strings.length(rows[i]);
            if (StringWords.isNull(page[at + 1])
                    || isBetter(-StringWords.compare(page[at], page[at + 1], bytes, start, length, interner))) {
                page[at] = StringWords.first(bytes, start, length);
                page[at + 1] = StringWords.second(bytes, start, length, interner);
            }
        }
    }

    @Override
    void merge(GroupTable from, int first, GroupTable into, int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            long[] source = from.page(first + i);
            int sourceAt = from.at(first + i) + offset;
            long[] page = into.page(groups[i]);
            int at = into.at(groups[i]) + offset;
            if (StringWords.isNull(source[sourceAt + 1])) {
                continue;
            }
            if (StringWords.isNull(page[at + 1])
                    || isBetter(StringWords.compare(
                            source[sourceAt], source[sourceAt + 1], page[at], page[at + 1], interner))) {
                page[at] = source[sourceAt];
                page[at + 1] = source[sourceAt + 1];
            }
        }
    }

    @Override
    void result(GroupTable table, int group, ColumnBuilder out) {
        int at = table.at(group) + offset;
        StringWords.append(table.page(group)[at], table.page(group)[at + 1], interner, scratch, out);
    }

    @Override
    void mark(GroupTable table, StringInterner marked) {
        for (int group = 0; group < table.size(); group++) {
            marked.mark(table.page(group)[table.at(group) + offset + 1]);
        }
    }

    @Override
    void save(GroupTable table, int group, StateWriter out) {
        StringWords.save(table.page(group), table.at(group) + offset, interner, out);
    }

    @Override
    void restore(GroupTable table, int group, StateReader in) {
        StringWords.restore(table.page(group), table.at(group) + offset, interner, in);
    }

    private boolean isBetter(int order) {
        return isMax ? order > 0 : order < 0;
    }
}
