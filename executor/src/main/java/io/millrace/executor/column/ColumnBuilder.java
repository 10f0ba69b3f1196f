package io.millrace.executor.column;

import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import org.jspecify.annotations.Nullable;

/** Grows one column. Rows are appended with the method that belongs to the storage of the type, or as NULL. */
public abstract sealed class ColumnBuilder
        permits LongColumnBuilder, DoubleColumnBuilder, StringColumnBuilder, DecimalColumnBuilder {
    static final int INITIAL_ROWS = 64;
    /** What the array list of the JDK takes for the longest array that each VM can allocate. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    final DataType type;

    int size;
    private long @Nullable [] nulls;

    ColumnBuilder(DataType type) {
        this.type = type;
    }

    /** An empty builder for columns of a type. */
    public static ColumnBuilder of(DataType type) {
        return switch (type.storage()) {
            case LONG -> new LongColumnBuilder(type);
            case DOUBLE -> new DoubleColumnBuilder(type);
            case BYTES -> new StringColumnBuilder(type);
            case DECIMAL128 -> new DecimalColumnBuilder(type);
        };
    }

    /** An empty builder with room for some rows, but for the bytes of strings. */
    public static ColumnBuilder of(DataType type, int rows) {
        ColumnBuilder builder = of(type);
        builder.reserve(rows);
        return builder;
    }

    public final DataType type() {
        return type;
    }

    public final int size() {
        return size;
    }

    public void appendLong(long value) {
        throw wrongStorage("a long");
    }

    public void appendDouble(double value) {
        throw wrongStorage("a double");
    }

    /** Copies {@code length} bytes from index {@code from}. */
    public void appendBytes(byte[] bytes, int from, int length) {
        throw wrongStorage("bytes");
    }

    /** An unscaled value of 128 bits. */
    public void appendDecimal(long high, long low) {
        throw wrongStorage("a decimal");
    }

    public final void appendNull() {
        int row = size;
        appendPlaceholder();
        nulls = NullBits.ensure(nulls, row + 1);
        NullBits.set(nulls, row);
    }

    /**
     * Appends a canonical value of the type (see {@link DataType}); a BigDecimal is rounded to the type's scale.
     *
     * @throws MillraceException when a BigDecimal has too many digits for the type
     */
    public final void appendValue(@Nullable Object value) {
        if (value == null) {
            appendNull();
        } else {
            appendCanonical(value);
        }
    }

    /** Appends one row of a column of the same storage. */
    public final void append(Column source, int row) {
        if (source.isNull(row)) {
            appendNull();
        } else {
            appendRow(source, row);
        }
    }

    /** Appends the selected rows of a column of the same storage; null selects all. */
    public final void appendAll(Column source, @Nullable Selection selection) {
        int first = size;
        int count = selection == null ? source.size() : selection.count();
        if (selection == null) {
            appendRows(source, count);
        } else {
            appendRows(source, selection.rows(), count);
        }
        long[] sourceNulls = source.nulls;
        if (sourceNulls == null || count == 0) {
            return;
        }
        long[] target = NullBits.ensure(nulls, size);
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection.rows()[i];
            if (NullBits.isSet(sourceNulls, row)) {
                NullBits.set(target, first + i);
            }
        }
        nulls = target;
    }

    /** Drops all rows from {@code newSize} on, for a row that failed half way. */
    public final void truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("cannot truncate " + size + " rows to " + newSize);
        }
        size = newSize;
        if (nulls != null) {
            NullBits.clearFrom(nulls, newSize);
        }
    }

    /** The bytes that the appended rows take. */
    public abstract long sizeBytes();

    /** Hands the rows over; the builder is empty again. */
    public final Column build() {
        long[] bits = nulls;
        if (bits != null) {
            bits = NullBits.any(bits, Math.min(size, bits.length * 64)) ? NullBits.ensure(bits, size) : null;
        }
        Column column = buildColumn(bits);
        nulls = null;
        size = 0;
        return column;
    }

    /**
     * The rows appended so far, as a column that stays as it is while more are appended. Its arrays are the builder's:
     * {@link #truncate} must not go below its size.
     */
    public final Column view() {
        if (nulls != null) {
            nulls = NullBits.ensure(nulls, size);
        }
        return viewColumn(nulls);
    }

    final long nullBytes() {
        return nulls == null ? 0 : NullBits.words(size) * 8L;
    }

    /** The next capacity of an array that must hold {@code needed} elements. */
    static int grown(int capacity, long needed) {
        if (needed > MAX_ARRAY) {
            throw new OutOfMemoryError("a column of more than " + MAX_ARRAY + " elements");
        }
        return (int) Math.min(MAX_ARRAY, Math.max(needed, Math.max(INITIAL_ROWS, capacity + (capacity >> 1) + 1L)));
    }

    final MillraceException wrongStorage(Object what) {
        return MillraceException.internal("cannot append " + what + " to a column of type " + type);
    }

    final MillraceException wrongValue(Object value) {
        return wrongStorage("a value of " + value.getClass());
    }

    /** Makes room for more rows. */
    abstract void reserve(int more);

    abstract void appendPlaceholder();

    abstract void appendCanonical(Object value);

    abstract void appendRow(Column source, int row);

    abstract void appendRows(Column source, int count);

    abstract void appendRows(Column source, int[] rows, int count);

    abstract Column buildColumn(long @Nullable [] builtNulls);

    abstract Column viewColumn(long @Nullable [] viewedNulls);
}
