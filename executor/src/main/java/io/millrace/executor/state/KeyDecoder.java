package io.millrace.executor.state;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.KeyLayout.KeyColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the key words of groups back into columns. */
public final class KeyDecoder {
    private final KeyLayout layout;
    private final StringInterner interner;
    private final byte[] scratch = new byte[16];

    public KeyDecoder(KeyLayout layout, StringInterner interner) {
        this.layout = layout;
        this.interner = interner;
    }

    /** Adds the key columns of {@code count} groups, beginning at {@code groups[from]}. */
    public void decode(GroupTable table, int[] groups, int from, int count, List<Column> out) {
        for (KeyColumn column : layout.columns()) {
            ColumnBuilder builder = ColumnBuilder.of(column.type(), count);
            for (int i = from; i < from + count; i++) {
                append(column, table.page(groups[i]), table.at(groups[i]), builder);
            }
            out.add(builder.build());
        }
    }

    /** Appends one key column of words that lie elsewhere. */
    public void append(int column, long[] page, int at, ColumnBuilder out) {
        append(layout.columns().get(column), page, at, out);
    }

    /** The bytes of a string of words that lie elsewhere, not to be changed; null when it is NULL. */
    public byte @Nullable [] bytes(int column, long[] page, int at) {
        int word = at + layout.columns().get(column).word();
        return StringWords.isNull(page[word + 1]) ? null : StringWords.bytes(page[word], page[word + 1], interner);
    }

    private void append(KeyColumn column, long[] page, int at, ColumnBuilder out) {
        if (layout.isNull(column, page, at)) {
            out.appendNull();
            return;
        }
        int word = at + column.word();
        switch (column.type().storage()) {
            case LONG -> out.appendLong(page[word]);
            case DOUBLE -> out.appendDouble(Double.longBitsToDouble(page[word]));
            case DECIMAL128 -> out.appendDecimal(page[word], page[word + 1]);
            case BYTES -> StringWords.append(page[word], page[word + 1], interner, scratch, out);
        }
    }
}
