package io.millrace.executor.checkpoint;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Takes a state in parts, each of which can be read by itself, and gives them away in blocks of whole parts. Little endian. For
 * one thread at a time.
 */
public final class StateWriter {
    private static final int BLOCK_BYTES = 1 << 18;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 16;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Of a state that is not being saved. */
    public static final StateWriter NOWHERE = new StateWriter(block -> {
        throw new IllegalStateException("nothing is being saved");
    });

    private final Consumer<byte[]> blocks;
    private byte[] buffer = new byte[1 << 12];
    private int size;

    /** @param blocks takes each block, which is its own from then on */
    public StateWriter(Consumer<byte[]> blocks) {
        this.blocks = blocks;
    }

    public void number(long value) {
        int at = reserve(Long.BYTES); // which may make another buffer
        LONG.set(buffer, at, value);
    }

    public void count(int value) {
        int at = reserve(Integer.BYTES);
        INT.set(buffer, at, value);
    }

    public void flag(boolean value) {
        int at = reserve(1);
        buffer[at] = (byte) (value ? 1 : 0);
    }

    public void numbers(long[] values, int from, int count) {
        int at = reserve((long) count * Long.BYTES);
        for (int i = 0; i < count; i++) {
            LONG.set(buffer, at + i * Long.BYTES, values[from + i]);
        }
    }

    /** Bytes, with how many they are. */
    public void bytes(byte[] source, int from, int length) {
        count(length);
        int at = reserve(length);
        System.arraycopy(source, from, buffer, at, length);
    }

    /** All rows of a column, with how many they are. */
    public void column(Column column) {
        int rows = column.size();
        count(rows);
        long[] nulls = column.nulls();
        flag(nulls != null);
        if (nulls != null) {
            numbers(nulls, 0, (rows + 63) >>> 6);
        }
        if (column instanceof LongColumn longs) {
            numbers(longs.values(), 0, rows);
        } else if (column instanceof DoubleColumn doubles) {
            int at = reserve((long) rows * Long.BYTES);
            for (int row = 0; row < rows; row++) {
                LONG.set(buffer, at + row * Long.BYTES, Double.doubleToRawLongBits(doubles.get(row)));
            }
        } else if (column instanceof DecimalColumn decimals) {
            numbers(decimals.high(), 0, rows);
            numbers(decimals.low(), 0, rows);
        } else {
            strings((StringColumn) column, rows);
        }
    }

    private void strings(StringColumn column, int rows) {
        long length = 0;
        for (int row = 0; row < rows; row++) {
            length += column.length(row);
        }
        int at = reserve((long) rows * Integer.BYTES + length);
        int to = at + rows * Integer.BYTES;
        for (int row = 0; row < rows; row++) {
            INT.set(buffer, at + row * Integer.BYTES, column.length(row));
            System.arraycopy(column.bytes(), column.start(row), buffer, to, column.length(row));
            to += column.length(row);
        }
    }

    /** A part has ended. */
    public void endPart() {
        if (size >= BLOCK_BYTES) {
            flush();
        }
    }

    /** All parts have ended. */
    public void flush() {
        if (size > 0) {
            blocks.accept(Arrays.copyOf(buffer, size));
            size = 0;
        }
    }

    private int reserve(long more) {
        int at = size;
        long needed = at + more;
        if (needed > buffer.length) {
            if (needed > MAX_BYTES) {
                throw new IllegalStateException("a part of a state has more than " + MAX_BYTES + " bytes");
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_BYTES, Math.max(needed, buffer.length * 2L)));
        }
        size = (int) needed;
        return at;
    }
}
