package io.millrace.executor.table;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.plan.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What look-ups read of rows, block by block: in a large table each step from object to object on the way to a row leads to a
 * place that is not near. For the thread that changes the rows.
 */
final class RowPlaces {
    private static final int FIRST_BLOCKS = 4;

    private final List<RowBlock> blocks;
    /** The only column of the key, if its values are words; else -1. */
    private final int wordColumn;

    private BlockView[] views = new BlockView[FIRST_BLOCKS];
    private Deaths[] deaths = new Deaths[FIRST_BLOCKS];
    private long[][] words = new long[FIRST_BLOCKS][];
    /** As a column has them, null for a block without any. */
    private @Nullable long[][] nulls = new long[FIRST_BLOCKS][];
    /** From which block on all but the deaths is to be asked for again. */
    private int changedFrom;

    /**
     * @param blocks that grow
     * @param keys of the rows; null: they have none
     */
    RowPlaces(List<RowBlock> blocks, List<DataType> types, @Nullable KeyColumns keys) {
        this.blocks = blocks;
        int only = keys == null ? -1 : keys.only();
        wordColumn = only >= 0 && types.get(only).storage() == DataType.Storage.LONG ? only : -1;
    }

    /** Makes room for a further block. */
    void reserve() {
        int number = blocks.size();
        if (number == deaths.length) {
            views = Arrays.copyOf(views, 2 * number);
            words = Arrays.copyOf(words, 2 * number);
            nulls = Arrays.copyOf(nulls, 2 * number);
            deaths = Arrays.copyOf(deaths, 2 * number);
        }
    }

    /** The last block is new, or has got rows, or room for them. Cannot fail. */
    void changed() {
        int number = blocks.size() - 1;
        deaths[number] = blocks.get(number).deaths();
        changedFrom = Math.min(changedFrom, number);
    }

    private void update() {
        for (int number = changedFrom; number < blocks.size(); number++) {
            BlockView view = blocks.get(number).view();
            if (wordColumn >= 0) {
                LongColumn column = (LongColumn) view.columns().get(wordColumn);
                words[number] = column.values();
                nulls[number] = column.nulls();
            }
            views[number] = view;
            changedFrom = number + 1;
        }
    }

    /** All blocks as they are now. */
    BlockView[] views() {
        update();
        return Arrays.copyOf(views, blocks.size());
    }

    BlockView view(int row) {
        int block = row >>> VersionedRows.BLOCK_SHIFT;
        if (block >= changedFrom) {
            update();
        }
        return views[block];
    }

    Deaths deaths(int row) {
        return deaths[row >>> VersionedRows.BLOCK_SHIFT];
    }

    /** The column that is the whole key of rows, if {@link #word} gives it, until rows come; else null. */
    @Nullable
    LongColumn words(List<Column> columns) {
        update();
        return wordColumn < 0 ? null : (LongColumn) columns.get(wordColumn);
    }

    long word(int row) {
        return words[row >>> VersionedRows.BLOCK_SHIFT][VersionedRows.inBlock(row)];
    }

    /** Whether a row has the key that a row of another column has. */
    boolean isEqual(int row, LongColumn other, int otherRow) {
        int block = row >>> VersionedRows.BLOCK_SHIFT;
        int place = VersionedRows.inBlock(row);
        long[] nullBits = nulls[block];
        if (nullBits == null && !other.hasNulls()) {
            return words[block][place] == other.values()[otherRow];
        }
        boolean isNull = nullBits != null && (nullBits[place >> 6] & (1L << place)) != 0;
        return isNull == other.isNull(otherRow) && (isNull || words[block][place] == other.values()[otherRow]);
    }
}
