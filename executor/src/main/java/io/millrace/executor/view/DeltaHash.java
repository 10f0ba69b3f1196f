package io.millrace.executor.view;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.state.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A number for the changes of a step, the same whatever their order and however they are cut into batches: the sum of the
 * hashes of their rows, each as often as its weight says. Steps that come to nothing together have hashes that do too.
 */
final class DeltaHash {
    private static final long NULL_WORD = 0x5DEECE66DL;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private DeltaHash() {}

    static long of(List<ColumnBatch> batches) {
        long sum = 0;
        for (ColumnBatch batch : batches) {
            long[] rows = new long[batch.rowCount()];
            for (Column column : batch.columns()) {
                add(column, rows);
            }
            long[] weights = batch.weights();
            for (int row = 0; row < rows.length; row++) {
                sum += Hashing.mix(rows[row]) * (weights == null ? 1 : weights[row]);
            }
        }
        return sum;
    }

    private static void add(Column column, long[] rows) {
        if (column instanceof LongColumn longs) {
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Hashing.mix(rows[row], column.isNull(row) ? NULL_WORD : longs.get(row));
            }
        } else if (column instanceof DoubleColumn doubles) {
            for (int row = 0; row < rows.length; row++) {
                rows[row] = Hashing.mix(
                        rows[row], column.isNull(row) ? NULL_WORD : Double.doubleToLongBits(doubles.get(row)));
            }
        } else if (column instanceof DecimalColumn decimals) {
            for (int row = 0; row < rows.length; row++) {
                rows[row] = column.isNull(row)
                        ? Hashing.mix(rows[row], NULL_WORD)
                        : Hashing.mix(Hashing.mix(rows[row], decimals.high()[row]), decimals.low()[row]);
            }
        } else {
            add((StringColumn) column, rows);
        }
    }

    private static void add(StringColumn strings, long[] rows) {
        byte[] bytes = strings.bytes();
        for (int row = 0; row < rows.length; row++) {
            if (strings.isNull(row)) {
                rows[row] = Hashing.mix(rows[row], NULL_WORD);
                continue;
            }
            int at = strings.start(row);
            int end = strings.end(row);
            long hash = Hashing.mix(rows[row], end - at);
            for (; at + Long.BYTES <= end; at += Long.BYTES) {
                hash = Hashing.mix(hash, (long) WORD.get(bytes, at));
            }
            long rest = 0;
            for (; at < end; at++) {
                rest = rest << Byte.SIZE | bytes[at] & 0xFF;
            }
            rows[row] = Hashing.mix(hash, rest);
        }
    }
}
