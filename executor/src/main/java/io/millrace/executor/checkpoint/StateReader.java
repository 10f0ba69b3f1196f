package io.millrace.executor.checkpoint;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.plan.DataType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads what a {@link StateWriter} has written, in the same order; what it gives are copies. */
public final class StateReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private int at;

    /** @param bytes of a block */
    public StateReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether another part begins here. */
    public boolean hasMore() {
        return at < bytes.length;
    }

    public long number() {
        return (long) LONG.get(bytes, take(Long.BYTES));
    }

    public int count() {
        int count = (int) INT.get(bytes, take(Integer.BYTES));
        if (count < 0) {
            throw damaged();
        }
        return count;
    }

    public boolean flag() {
        return bytes[take(1)] != 0;
    }

    public void numbers(long[] into, int from, int count) {
        int start = take((long) count * Long.BYTES);
        for (int i = 0; i < count; i++) {
            into[from + i] = (long) LONG.get(bytes, start + i * Long.BYTES);
        }
    }

    public byte[] bytes() {
        int length = count();
        int start = take(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    public Column column(DataType type) {
        int rows = count();
        long[] nulls = flag() ? longs((rows + 63) >>> 6) : null;
        return switch (type.storage()) {
            case LONG -> new LongColumn(longs(rows), nulls, rows);
            case DOUBLE -> {
                double[] values = new double[rows];
                int start = take((long) rows * Long.BYTES);
                for (int row = 0; row < rows; row++) {
                    values[row] = Double.longBitsToDouble((long) LONG.get(bytes, start + row * Long.BYTES));
                }
                yield new DoubleColumn(values, nulls, rows);
            }
            case DECIMAL128 -> new DecimalColumn(longs(rows), longs(rows), nulls, rows);
            case BYTES -> {
                int lengths = take((long) rows * Integer.BYTES);
                int[] offsets = new int[rows + 1];
                for (int row = 0; row < rows; row++) {
                    offsets[row + 1] = offsets[row] + (int) INT.get(bytes, lengths + row * Integer.BYTES);
                }
                int start = take(offsets[rows]);
                yield new StringColumn(Arrays.copyOfRange(bytes, start, start + offsets[rows]), offsets, nulls, rows);
            }
        };
    }

    private long[] longs(int count) {
        if ((long) count * Long.BYTES > bytes.length) {
            throw damaged();
        }
        long[] values = new long[count];
        numbers(values, 0, count);
        return values;
    }

    private int take(long length) {
        if (length < 0 || length > bytes.length - at) {
            throw damaged();
        }
        int start = at;
        at += (int) length;
        return start;
    }

    private static MillraceException damaged() {
        return new MillraceException(ErrorCode.DATA_CORRUPTED, "a saved state ends before it should");
    }
}
