package io.millrace.executor.log;

import java.util.Arrays;

/** Pages of a file that nothing was written to: most of a file that was made larger than what it holds. */
final class FileHoles {
    static final int PAGE_BYTES = 4096;

    private static final byte[] NOTHING = new byte[PAGE_BYTES];

    private FileHoles() {}

    /** Whether there is nothing in these bytes, a page at most. */
    static boolean isHole(byte[] bytes, int from, int end) {
        return Arrays.equals(bytes, from, end, NOTHING, 0, end - from);
    }
}
