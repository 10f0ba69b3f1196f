package io.millrace.executor.state;

import java.util.Arrays;

/**
 * Numbers for groups, from 1 on, that stay when a table is compacted, which renumbers its groups. A number that was freed
 * is given again.
 */
public final class SideNumbers {
    private int[] free = new int[4];
    private int freeCount;
    private int used;

    public long take() {
        return freeCount > 0 ? free[--freeCount] : ++used;
    }

    public void free(long number) {
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = (int) number;
    }

    public long bytes() {
        return (long) free.length * Integer.BYTES;
    }
}
