package io.millrace.executor.log;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a block, decoded a column at a time when it is asked for, into arrays that serve every block. */
final class BlockBatch implements Batch {
    private final List<DataType> types;
    private final @Nullable StoredColumn[] stored;
    private final @Nullable Column[] decoded;
    private final long[] appendTimes = new long[Column.MAX_ROWS];
    private final LongColumn rowtime = new LongColumn(appendTimes, null, 0);

    private byte[] block = new byte[0];
    private int rows;

    BlockBatch(List<DataType> types) {
        this.types = types;
        this.stored = new StoredColumn[types.size()];
        this.decoded = new Column[types.size() + 1];
    }

    void show(byte[] newBlock) {
        block = newBlock;
        rows = BlockCodec.rowCount(newBlock);
        Arrays.fill(decoded, null);
    }

    @Override
    public int rowCount() {
        return rows;
    }

    @Override
    public Column column(int index) {
        Column column = decoded[index];
        if (column == null) {
            column = index == types.size() ? rowtime() : decode(index);
            decoded[index] = column;
        }
        return column;
    }

    private Column rowtime() {
        Arrays.fill(appendTimes, 0, rows, BlockCodec.appendTime(block));
        rowtime.reset(appendTimes, null, rows);
        return rowtime;
    }

    private Column decode(int index) {
        StoredColumn reader = stored[index];
        if (reader == null) {
            reader = StoredColumn.of(types.get(index));
            stored[index] = reader;
        }
        return reader.read(block, BlockCodec.directory(block, index), rows);
    }

    @Override
    public @Nullable Selection selection() {
        return null;
    }
}
