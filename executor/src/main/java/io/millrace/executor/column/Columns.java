package io.millrace.executor.column;

import io.millrace.plan.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes whole columns: of one value, of no value, of some rows of another column. */
public final class Columns {
    private Columns() {}

    /** A column of {@code rows} equal canonical values. */
    public static Column constant(DataType type, @Nullable Object value, int rows) {
        ColumnBuilder one = ColumnBuilder.of(type);
        one.appendValue(value);
        return repeat(one.build(), 0, rows);
    }

    /** A column of {@code rows} NULLs. */
    public static Column nulls(DataType type, int rows) {
        return constant(type, null, rows);
    }

    /** A column of no rows. */
    public static Column empty(DataType type) {
        return ColumnBuilder.of(type).build();
    }

    /** A dense copy of the selected rows; null selects all. */
    public static Column gather(Column source, @Nullable Selection selection) {
        ColumnBuilder copy = builderLike(source);
        copy.appendAll(source, selection);
        return copy.build();
    }

    /** A column without room to spare: the same, or a copy. */
    public static Column exact(Column column) {
        long needed = column instanceof StringColumn strings
                ? strings.offsets[strings.size] + (strings.size + 1L) * Integer.BYTES
                : column.size * (column instanceof DecimalColumn ? 2L : 1L) * Long.BYTES;
        return heldBytes(column) == needed ? column : gather(column, null);
    }

    /** A column of {@code count} copies of one row. */
    public static Column repeat(Column source, int row, int count) {
        long[] nulls = null;
        if (source.isNull(row)) {
            nulls = new long[NullBits.words(count)];
            NullBits.setAll(nulls, count);
        }
        if (source instanceof LongColumn longs) {
            long[] values = new long[count];
            Arrays.fill(values, longs.values[row]);
            return new LongColumn(values, nulls, count);
        }
        if (source instanceof DoubleColumn doubles) {
            double[] values = new double[count];
            Arrays.fill(values, doubles.values[row]);
            return new DoubleColumn(values, nulls, count);
        }
        if (source instanceof DecimalColumn decimals) {
            long[] high = new long[count];
            long[] low = new long[count];
            Arrays.fill(high, decimals.high[row]);
            Arrays.fill(low, decimals.low[row]);
            return new DecimalColumn(high, low, nulls, count);
        }
        return repeat((StringColumn) source, row, count, nulls);
    }

    private static StringColumn repeat(StringColumn source, int row, int count, long @Nullable [] nulls) {
        int length = source.length(row);
        byte[] bytes = new byte[Math.multiplyExact(length, count)];
        int[] offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            System.arraycopy(source.bytes, source.start(row), bytes, i * length, length);
            offsets[i + 1] = (i + 1) * length;
        }
        return new StringColumn(bytes, offsets, nulls, count);
    }

    /** An empty builder for columns of the same storage. */
    public static ColumnBuilder builderLike(Column source) {
        DataType type;
        if (source instanceof LongColumn) {
            type = DataType.of(DataType.Kind.BIGINT);
        } else if (source instanceof DoubleColumn) {
            type = DataType.of(DataType.Kind.DOUBLE);
        } else if (source instanceof DecimalColumn) {
            type = DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0);
        } else {
            type = DataType.varchar();
        }
        return ColumnBuilder.of(type);
    }

    /** Whether two rows of columns of the same storage hold the same bits; NULL equals NULL. */
    public static boolean equal(Column left, int leftRow, Column right, int rightRow) {
        if (left.isNull(leftRow) || right.isNull(rightRow)) {
            return left.isNull(leftRow) == right.isNull(rightRow);
        }
        if (left instanceof LongColumn longs) {
            return longs.values[leftRow] == ((LongColumn) right).values[rightRow];
        }
        if (left instanceof DoubleColumn doubles) {
            return Double.doubleToLongBits(doubles.values[leftRow])
                    == Double.doubleToLongBits(((DoubleColumn) right).values[rightRow]);
        }
        if (left instanceof DecimalColumn decimals) {
            DecimalColumn other = (DecimalColumn) right;
            return decimals.high[leftRow] == other.high[rightRow] && decimals.low[leftRow] == other.low[rightRow];
        }
        StringColumn strings = (StringColumn) left;
        StringColumn other = (StringColumn) right;
        return Arrays.equals(
                strings.bytes,
                strings.start(leftRow),
                strings.end(leftRow),
                other.bytes,
                other.start(rightRow),
                other.end(rightRow));
    }

    /** The bytes of the arrays of a column, used or not. */
    public static long heldBytes(Column column) {
        if (column instanceof StringColumn strings) {
            return strings.bytes.length + (long) strings.offsets.length * Integer.BYTES;
        }
        if (column instanceof LongColumn longs) {
            return (long) longs.values.length * Long.BYTES;
        }
        if (column instanceof DoubleColumn doubles) {
            return (long) doubles.values.length * Double.BYTES;
        }
        return (long) ((DecimalColumn) column).high.length * 2 * Long.BYTES;
    }
}
