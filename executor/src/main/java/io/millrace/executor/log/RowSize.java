package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.StringColumn;
import io.millrace.plan.DataType;
import java.util.List;

/** How many bytes rows take in a block, at most. */
final class RowSize {
    private final List<DataType> types;
    private final int fixedBytes;

    RowSize(List<DataType> types) {
        this.types = types;
        int fixed = 0;
        for (DataType type : types) {
            switch (type.storage()) {
                case BYTES:
                    fixed += 4;
                    break;
                case DECIMAL128:
                    fixed += 16;
                    break;
                default:
                    fixed += 8;
            }
        }
        fixedBytes = fixed;
    }

    /** What a block has for its rows, so also the size of the largest row. */
    long largest() {
        long perColumn = BlockCodec.DIRECTORY_BYTES + Column.MAX_ROWS / 8 + 16;
        return BlockCodec.MAX_BYTES
                - BlockCodec.HEADER_BYTES
                - (long) Column.MAX_ROWS * BlockCodec.PRODUCER_BYTES
                - types.size() * perColumn
                - 8;
    }

    long bytes(List<Column> columns, int from, int to) {
        long bytes = (long) fixedBytes * (to - from);
        for (int i = 0; i < columns.size(); i++) {
            if (types.get(i).storage() == DataType.Storage.BYTES) {
                int[] offsets = ((StringColumn) columns.get(i)).offsets();
                bytes += offsets[to] - offsets[from];
            }
        }
        return bytes;
    }
}
