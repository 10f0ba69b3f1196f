package io.millrace.executor.column;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.DataType;
import java.util.Arrays;

/** Puts an ARRAY together, element by element, as {@link ArrayBytes} has it; can be used again. */
public final class ArrayWriter {
    /** The longest array, as the longest text of any function. */
    private static final int MOST_BYTES = 8 << 20;

    private static final int FIRST_BYTES = 64;

    private final int width;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** @param element the type of the elements */
    public ArrayWriter(DataType element) {
        width = ArrayBytes.width(element);
    }

    public void clear() {
        length = 0;
    }

    /** Valid until the next change; may be longer than {@link #length()}. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public void appendNull() {
        int more = Math.max(1, width);
        reserve(more);
        bytes[length] = ArrayBytes.NULL;
        Arrays.fill(bytes, length + 1, length + more, (byte) 0);
        length += more;
    }

    public void appendLong(long value) {
        reserve(width);
        bytes[length] = ArrayBytes.VALUE;
        ArrayBytes.word(bytes, length + 1, value ^ Long.MIN_VALUE);
        length += width;
    }

    public void appendDouble(double value) {
        appendLong(ArrayBytes.turned(Double.doubleToLongBits(value + 0.0)));
    }

    public void appendDecimal(long high, long low) {
        reserve(width);
        bytes[length] = ArrayBytes.VALUE;
        ArrayBytes.word(bytes, length + 1, high ^ Long.MIN_VALUE);
        ArrayBytes.word(bytes, length + 1 + Long.BYTES, low);
        length += width;
    }

    public void appendBytes(byte[] from, int start, int end) {
        reserve(2L * (end - start) + 3);
        bytes[length++] = ArrayBytes.VALUE;
        for (int i = start; i < end; i++) {
            bytes[length++] = from[i];
            if (from[i] == 0) {
                bytes[length++] = ArrayBytes.ESCAPED;
            }
        }
        bytes[length++] = 0;
        bytes[length++] = ArrayBytes.END;
    }

    /** Appends one row of a column of the type of the elements. */
    public void append(Column column, int row) {
        if (column.isNull(row)) {
            appendNull();
        } else if (column instanceof LongColumn longs) {
            appendLong(longs.values[row]);
        } else if (column instanceof DoubleColumn doubles) {
            appendDouble(doubles.values[row]);
        } else if (column instanceof DecimalColumn decimals) {
            appendDecimal(decimals.high[row], decimals.low[row]);
        } else {
            StringColumn strings = (StringColumn) column;
            appendBytes(strings.bytes, strings.start(row), strings.end(row));
        }
    }

    /** Appends the array to a column of its type, and begins the next. */
    public void finish(ColumnBuilder out) {
        out.appendBytes(bytes, 0, length);
        clear();
    }

    private void reserve(long more) {
        long needed = length + more;
        if (needed <= bytes.length) {
            return;
        }
        if (needed > MOST_BYTES) {
            throw new MillraceException(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "an array is longer than 8 MB")
                    .withHint("Gather fewer or shorter elements.");
        }
        int larger = (int) Math.min(MOST_BYTES, Math.max(needed, bytes.length * 2L));
        QueryScope.grow(larger - bytes.length);
        bytes = Arrays.copyOf(bytes, larger);
    }
}
