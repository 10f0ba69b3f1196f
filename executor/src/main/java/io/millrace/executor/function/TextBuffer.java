package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.work.QueryScope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow: the values of one text column, one after the other. */
final class TextBuffer {
    /** The longest value that a function may make. */
    static final int MAX_VALUE = 8 << 20;
    /** The most bytes that a function may make for one batch; a batch that needs more is evaluated in parts. */
    static final int MAX_BATCH = 2 * MAX_VALUE;
    /** A larger buffer is not kept for the next batch. */
    private static final int MAX_KEPT = 1 << 20;

    private static final int FIRST = 1024;

    byte[] bytes = new byte[FIRST];
    int length;
    private int valueStart;

    void clear() {
        length = 0;
        valueStart = 0;
        if (bytes.length > MAX_KEPT) {
            QueryScope.grow(FIRST - bytes.length);
            bytes = new byte[FIRST];
        }
    }

    /** What is appended from here on is one value, until the next one starts. */
    void startValue() {
        valueStart = length;
    }

    /** @throws io.millrace.error.MillraceException when the value that has been appended is too long */
    void endValue() {
        if (length - valueStart > MAX_VALUE) {
            throw EvaluationErrors.textTooLong();
        }
    }

    void append(byte[] from, int start, int end) {
        int count = end - start;
        reserve(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    void append(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    void append(char ascii) {
        append((byte) ascii);
    }

    void appendAscii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    void appendText(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        append(encoded, 0, encoded.length);
    }

    /** A number of at most 9 digits with leading zeros. */
    void appendPadded(long value, int digits) {
        reserve(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    void appendLong(long value) {
        reserve(20);
        if (value == Long.MIN_VALUE) {
            appendAscii("-9223372036854775808");
            return;
        }
        long rest = Math.abs(value);
        int digits = 1;
        for (long power = 10; digits < 19 && rest >= power; power *= 10) {
            digits++;
        }
        if (value < 0) {
            bytes[length++] = '-';
        }
        appendPadded(rest, digits);
    }

    void appendCodePoint(int codePoint) {
        reserve(4);
        length += Utf8.encode(codePoint, bytes, length);
    }

    /** Makes room for {@code more} bytes. */
    void reserve(long more) {
        long needed = length + more;
        if (needed <= bytes.length) {
            return;
        }
        if (needed - valueStart > MAX_VALUE) {
            throw EvaluationErrors.textTooLong();
        }
        if (needed > MAX_BATCH) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED, "the string values of a batch exceed " + (MAX_BATCH >> 20) + " MB");
        }
        int larger = (int) Math.min(MAX_BATCH, Math.max(needed, bytes.length * 2L));
        QueryScope.grow(larger - bytes.length);
        bytes = Arrays.copyOf(bytes, larger);
    }
}
