package io.millrace.executor.table;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.state.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which rows have equal keys: read from the columns themselves, so that a key takes no memory of its own and threads that
 * look up share nothing that changes. NaN equals itself, and NULL equals NULL; 0.0 equals -0.0, but not where rows are told
 * from each other.
 */
public final class KeyColumns {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long NULL = 0x5851F42D4C957F2DL;

    private final int[] keys;
    /** What is added to a double before its bits are taken: 0.0 makes -0.0 one with 0.0, -0.0 leaves all as they are. */
    private final double zero;

    /** @param keys the columns of the key, in rows of the table */
    public KeyColumns(List<Integer> keys) {
        this(keys, 0.0);
    }

    private KeyColumns(List<Integer> keys, double zero) {
        this.keys = keys.stream().mapToInt(Integer::intValue).toArray();
        this.zero = zero;
    }

    /** By which equal rows are found: they are the same to whoever looks at them. */
    public static KeyColumns ofRows(int width) {
        return new KeyColumns(IntStream.range(0, width).boxed().toList(), -0.0);
    }

    /** The same key in rows that hold nothing else, in its order. */
    KeyColumns alone() {
        int[] places = new int[keys.length];
        Arrays.setAll(places, i -> i);
        return new KeyColumns(Arrays.stream(places).boxed().toList(), zero);
    }

    /** The only column; -1 when there are several. */
    int only() {
        return keys.length == 1 ? keys[0] : -1;
    }

    /** The hashes of the keys of some rows. */
    void hashAll(List<Column> columns, int from, int count, int[] hashes) {
        if (keys.length == 1 && columns.get(keys[0]) instanceof LongColumn longs && !longs.hasNulls()) {
            long[] values = longs.values();
            for (int i = 0; i < count; i++) {
                hashes[i] = Hashing.fold(Hashing.mix(0, values[from + i]));
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            hashes[i] = hash(columns, from + i);
        }
    }

    public int hash(List<Column> columns, int row) {
        long hash = 0;
        for (int key : keys) {
            hash = hash(hash, columns.get(key), row);
        }
        return Hashing.fold(hash);
    }

    private long hash(long hash, Column column, int row) {
        if (column.isNull(row)) {
            return Hashing.mix(hash, NULL);
        }
        if (column instanceof LongColumn longs) {
            return Hashing.mix(hash, longs.values()[row]);
        }
        if (column instanceof DoubleColumn doubles) {
            return Hashing.mix(hash, bits(doubles, row));
        }
        if (column instanceof DecimalColumn decimals) {
            return Hashing.mix(Hashing.mix(hash, decimals.high()[row]), decimals.low()[row]);
        }
        StringColumn strings = (StringColumn) column;
        byte[] bytes = strings.bytes();
        int at = strings.start(row);
        int end = strings.end(row);
        long mixed = Hashing.mix(hash, end - at);
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            mixed = Hashing.mix(mixed, (long) LONGS.get(bytes, at));
        }
        for (; at < end; at++) {
            mixed = Hashing.mix(mixed, bytes[at]);
        }
        return mixed;
    }

    /** Whether a row of the table has the key that a row of {@code others}, laid out as {@code layout}, has. */
    public boolean equal(List<Column> columns, int row, KeyColumns layout, List<Column> others, int other) {
        for (int i = 0; i < keys.length; i++) {
            if (!equal(columns.get(keys[i]), row, others.get(layout.keys[i]), other)) {
                return false;
            }
        }
        return true;
    }

    /** Reads something of the key of a row, so that the rest is near; what it gives means nothing. */
    long touch(List<Column> columns, int row) {
        Column column = columns.get(keys[0]);
        if (column instanceof LongColumn longs) {
            return longs.values()[row];
        }
        if (column instanceof DoubleColumn doubles) {
            return (long) doubles.values()[row];
        }
        return column instanceof StringColumn strings ? strings.start(row) : 0;
    }

    private boolean equal(Column left, int leftRow, Column right, int rightRow) {
        if (left.isNull(leftRow) || right.isNull(rightRow)) {
            return left.isNull(leftRow) == right.isNull(rightRow);
        }
        if (left instanceof LongColumn longs) {
            return longs.values()[leftRow] == ((LongColumn) right).values()[rightRow];
        }
        if (left instanceof DoubleColumn doubles) {
            return bits(doubles, leftRow) == bits((DoubleColumn) right, rightRow);
        }
        if (left instanceof DecimalColumn decimals) {
            DecimalColumn other = (DecimalColumn) right;
            return decimals.high()[leftRow] == other.high()[rightRow]
                    && decimals.low()[leftRow] == other.low()[rightRow];
        }
        StringColumn strings = (StringColumn) left;
        StringColumn other = (StringColumn) right;
        return Arrays.equals(
                strings.bytes(),
                strings.start(leftRow),
                strings.end(leftRow),
                other.bytes(),
                other.start(rightRow),
                other.end(rightRow));
    }

    private long bits(DoubleColumn column, int row) {
        return Double.doubleToLongBits(column.values()[row] + zero);
    }
}
