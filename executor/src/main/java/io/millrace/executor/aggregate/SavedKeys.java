package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Column;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;

/** A table that is saved by itself: each record with the words after its key, to be found by its key again. */
final class SavedKeys {
    private final KeyLayout layout;
    private final int moreWords;
    private final StringInterner interner;
    private final GroupTable table;
    private final SavedPieces pieces;

    /**
     * @param moreWords of each record after the key
     * @param afterwards is run when all has been restored
     */
    SavedKeys(KeyLayout layout, int moreWords, StringInterner interner, Runnable afterwards) {
        this.layout = layout;
        this.moreWords = moreWords;
        this.interner = interner;
        table = new GroupTable(layout.width(), moreWords);
        pieces = new SavedPieces(Column.MAX_ROWS, table::size, this::write, this::restore, afterwards);
    }

    GroupTable table() {
        return table;
    }

    /** The records. */
    SavedPieces pieces() {
        return pieces;
    }

    private void write(int[] records, int count, StateWriter out) {
        out.count(count);
        for (int i = 0; i < count; i++) {
            long[] page = table.page(records[i]);
            int at = table.at(records[i]);
            layout.save(page, at, interner, out);
            out.numbers(page, at + layout.width(), moreWords);
        }
    }

    private void restore(StateReader in) {
        int count = in.count();
        KeyWords keys = new KeyWords(layout.width());
        long[] key = new long[layout.width()];
        long[] more = new long[moreWords * count];
        for (int i = 0; i < count; i++) {
            layout.restore(key, 0, interner, in);
            keys.put(i, key);
            in.numbers(more, i * moreWords, moreWords);
        }
        keys.hash(count);
        int[] records = new int[count];
        table.findOrAdd(keys, count, records);
        for (int i = 0; i < count; i++) {
            int at = table.at(records[i]) + layout.width();
            System.arraycopy(more, i * moreWords, table.page(records[i]), at, moreWords);
        }
    }

    void mark(StringInterner marked) {
        layout.mark(table, marked);
    }

    long bytes() {
        return table.bytes() + pieces.bytes();
    }
}
