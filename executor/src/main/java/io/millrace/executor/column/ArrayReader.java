package io.millrace.executor.column;

import io.millrace.plan.DataType;
import java.util.Arrays;

/** Goes through the elements of an ARRAY, which lies as {@link ArrayBytes} has it; can be used again. */
public final class ArrayReader {
    private static final byte[] NO_BYTES = {};

    private final DataType element;
    private final int width;

    private byte[] bytes = NO_BYTES;
    private int end;
    private int at;
    private int next;
    private byte[] plain = NO_BYTES;

    /** @param element the type of the elements */
    public ArrayReader(DataType element) {
        this.element = element;
        width = ArrayBytes.width(element);
    }

    /** Stands before the first element. */
    public void reset(byte[] newBytes, int start, int newEnd) {
        bytes = newBytes;
        end = newEnd;
        next = start;
    }

    public void reset(StringColumn column, int row) {
        reset(column.bytes, column.start(row), column.end(row));
    }

    /** Goes to the next element; false when there is none. */
    public boolean next() {
        at = next;
        if (at >= end) {
            return false;
        }
        next = width > 0 ? at + width : endOfText();
        return true;
    }

    /** Goes to element {@code number} of those that are left, from 1 on; false when there is none. */
    public boolean next(long number) {
        if (number < 1) {
            return false;
        }
        if (width > 0) {
            long skipped = Math.min(number - 1, (end - next) / width);
            next += (int) skipped * width;
            return next();
        }
        for (long i = 0; i < number; i++) {
            if (!next()) {
                return false;
            }
        }
        return true;
    }

    /** How many elements are left. */
    public int count() {
        if (width > 0) {
            return (end - next) / width;
        }
        int count = 0;
        int first = next;
        while (next()) {
            count++;
        }
        next = first;
        return count;
    }

    public boolean isNull() {
        return bytes[at] == ArrayBytes.NULL;
    }

    /** Negative, 0 or positive as the element comes before, with or after the only one of another array. */
    public int compareTo(ArrayWriter other) {
        return Arrays.compareUnsigned(bytes, at, next, other.bytes(), 0, other.length());
    }

    /** Appends the element to a column of its type. */
    public void appendTo(ColumnBuilder out) {
        if (isNull()) {
            out.appendNull();
            return;
        }
        switch (element.storage()) {
            case LONG -> out.appendLong(firstWord());
            case DOUBLE -> out.appendDouble(Double.longBitsToDouble(ArrayBytes.turned(firstWord())));
            case DECIMAL128 -> out.appendDecimal(firstWord(), ArrayBytes.word(bytes, at + 1 + Long.BYTES));
            case BYTES -> appendText(out);
        }
    }

    private long firstWord() {
        return ArrayBytes.word(bytes, at + 1) ^ Long.MIN_VALUE;
    }

    private void appendText(ColumnBuilder out) {
        int last = next - 2;
        int length = 0;
        if (plain.length < last - at) {
            plain = new byte[last - at];
        }
        for (int i = at + 1; i < last; i++) {
            plain[length++] = bytes[i];
            i += bytes[i] == 0 ? 1 : 0;
        }
        out.appendBytes(plain, 0, length);
    }

    private int endOfText() {
        int i = at + 1;
        if (isNull()) {
            return i;
        }
        while (bytes[i] != 0 || bytes[i + 1] != ArrayBytes.END) {
            i += bytes[i] == 0 ? 2 : 1;
        }
        return i + 2;
    }
}
