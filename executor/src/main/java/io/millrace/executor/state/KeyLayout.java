package io.millrace.executor.state;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.plan.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Which words of a record hold which key column. A string takes two and tells NULL itself; the NULLs of the other
 * columns are bits in words of their own, and their value words are 0.
 *
 * <pre>
 * | words of column 0 | words of column 1 | … | null bits, if any column needs one |
 * </pre>
 */
public final class KeyLayout {
    private static final int NO_NULL_BIT = -1;

    private final List<KeyColumn> columns;
    private final int nullWord;
    private final int width;

    public KeyLayout(List<DataType> types) {
        List<KeyColumn> built = new ArrayList<>();
        int words = 0;
        int nullBits = 0;
        for (DataType type : types) {
            boolean isBytes = type.storage() == DataType.Storage.BYTES;
            built.add(new KeyColumn(type, words, isBytes || !type.nullable() ? NO_NULL_BIT : nullBits++));
            words += isBytes || type.storage() == DataType.Storage.DECIMAL128 ? 2 : 1;
        }
        columns = List.copyOf(built);
        nullWord = words;
        width = words + (nullBits + Long.SIZE - 1) / Long.SIZE;
    }

    /** How many words a key takes. */
    public int width() {
        return width;
    }

    /** The first word of a key column. */
    public int word(int column) {
        return columns.get(column).word;
    }

    List<KeyColumn> columns() {
        return columns;
    }

    int nullWord() {
        return nullWord;
    }

    boolean isNull(KeyColumn column, long[] page, int at) {
        if (column.type.storage() == DataType.Storage.BYTES) {
            return StringWords.isNull(page[at + column.word + 1]);
        }
        return column.hasNullBit() && (page[at + nullWord + (column.nullBit >>> 6)] & (1L << column.nullBit)) != 0;
    }

    /** Keeps the long strings among the keys of a table over the next sweep. */
    public void mark(GroupTable table, StringInterner interner) {
        for (KeyColumn column : columns) {
            if (column.type.storage() == DataType.Storage.BYTES) {
                for (int group = 0; group < table.size(); group++) {
                    interner.mark(table.page(group)[table.at(group) + column.word + 1]);
                }
            }
        }
    }

    /** The same for one key whose words lie elsewhere. */
    public void mark(long[] page, int at, StringInterner interner) {
        for (KeyColumn column : columns) {
            if (column.type.storage() == DataType.Storage.BYTES) {
                interner.mark(page[at + column.word + 1]);
            }
        }
    }

    /** Writes the words of a key that lie in a page, and after them its long strings. */
    public void save(long[] page, int at, StringInterner interner, StateWriter out) {
        out.numbers(page, at, width);
        for (KeyColumn column : columns) {
            if (column.type.storage() == DataType.Storage.BYTES) {
                StringWords.saveLong(page[at + column.word + 1], interner, out);
            }
        }
    }

    /** Reads what was written of a key into a page; long strings are interned. */
    public void restore(long[] page, int at, StringInterner interner, StateReader in) {
        in.numbers(page, at, width);
        for (KeyColumn column : columns) {
            if (column.type.storage() == DataType.Storage.BYTES) {
                StringWords.restoreLong(page, at + column.word, interner, in);
            }
        }
    }

    /** A key column, its first word, and its null bit if it has one. */
    record KeyColumn(DataType type, int word, int nullBit) {
        boolean hasNullBit() {
            return nullBit != NO_NULL_BIT;
        }
    }
}
