package io.millrace.executor.table;

import io.millrace.executor.column.Selection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * When the rows of a block died: the position of the change that took each away. One thread writes; those that read at an
 * older position may see a death that is to come, and know by its position that it does not count.
 */
final class Deaths {
    static final long ALIVE = Long.MAX_VALUE;
    /** Of a row whose statement failed: it is visible at no position. */
    static final long NEVER_BORN = Long.MIN_VALUE;

    private static final VarHandle POSITIONS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle COUNT = countHandle();

    private final long[] positions;
    /** Written without a fence: the processor would wait for all that it reads, death by death. */
    private int count;

    Deaths(int capacity) {
        positions = new long[capacity];
        Arrays.fill(positions, ALIVE);
    }

    private static VarHandle countHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Deaths.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Deaths(Deaths smaller, int capacity) {
        positions = Arrays.copyOf(smaller.positions, capacity);
        Arrays.fill(positions, smaller.positions.length, capacity, ALIVE);
        count = smaller.count;
    }

    /** A copy with more room, in which all further deaths are noted. */
    Deaths grown(int capacity) {
        return new Deaths(this, capacity);
    }

    int capacity() {
        return positions.length;
    }

    /** How many rows are dead, now. */
    int count() {
        return (int) COUNT.getAcquire(this);
    }

    boolean isAlive(int row) {
        return (long) POSITIONS.getOpaque(positions, row) == ALIVE;
    }

    long at(int row) {
        return (long) POSITIONS.getOpaque(positions, row);
    }

    boolean isVisible(int row, long position) {
        return (long) POSITIONS.getOpaque(positions, row) >= position;
    }

    void kill(int row, long position) {
        POSITIONS.setOpaque(positions, row, position);
        COUNT.setRelease(this, count + 1);
    }

    void revive(int row) {
        POSITIONS.setOpaque(positions, row, ALIVE);
        COUNT.setRelease(this, count - 1);
    }

    /** Selects the first {@code rows} rows that are visible; null when all are. */
    @Nullable
    Selection visible(int rows, long position, Selection into) {
        if (count() == 0) {
            return null;
        }
        int[] selected = into.rows();
        int found = 0;
        for (int row = 0; row < rows; row++) {
            selected[found] = row;
            found += (long) POSITIONS.getOpaque(positions, row) >= position ? 1 : 0;
        }
        into.count(found);
        return found == rows ? null : into;
    }

    /** Finds, of the first {@code rows}, those that were visible at one position and are not at a later one. */
    int between(int rows, long position, long later, int[] into) {
        int found = 0;
        for (int row = 0; count() > 0 && row < rows; row++) {
            long death = (long) POSITIONS.getOpaque(positions, row);
            into[found] = row;
            found += death >= position && death < later ? 1 : 0;
        }
        return found;
    }

    long bytes() {
        return (long) positions.length * Long.BYTES;
    }
}
