package io.millrace.executor.state;

import java.util.Arrays;
import java.util.BitSet;

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

    /** From now on just these are in use. */
    public void restore(BitSet inUse) {
        used = Math.max(0, inUse.length() - 1);
        freeCount = 0;
        for (int number = inUse.nextClearBit(1); number < used; number = inUse.nextClearBit(number + 1)) {
            free(number);
        }
    }

    public long bytes() {
        return (long) free.length * Integer.BYTES;
    }
}
