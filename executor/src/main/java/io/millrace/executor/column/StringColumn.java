package io.millrace.executor.column;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Strings of UTF-8, or binary strings, one after the other in one array:
 *
 * <pre>
 * bytes    | … | row 0 | row 1 | row 2 | …
 *              ^       ^       ^       ^
 * offsets      [0]     [1]     [2]     [3]        (size + 1 of them; [0] need not be 0)
 * </pre>
 *
 * A null row is empty.
 */
public final class StringColumn extends Column {
    byte[] bytes;
    int[] offsets;

    /** Wraps the arrays; {@code offsets} has at least {@code size + 1} elements. */
    public StringColumn(byte[] bytes, int[] offsets, long @Nullable [] nulls, int size) {
        this.bytes = bytes;
        this.offsets = offsets;
        reset(bytes, offsets, nulls, size);
    }

    /** Makes this column show other arrays, so that a reader can reuse it for each batch. */
    public void reset(byte[] newBytes, int[] newOffsets, long @Nullable [] newNulls, int newSize) {
        bytes = newBytes;
        offsets = newOffsets;
        nulls = newNulls;
        size = newSize;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int[] offsets() {
        return offsets;
    }

    public int start(int row) {
        return offsets[row];
    }

    public int end(int row) {
        return offsets[row + 1];
    }

    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** The text of a row; allocates, so not for hot paths. */
    public String string(int row) {
        return new String(bytes, offsets[row], length(row), StandardCharsets.UTF_8);
    }
}
