package io.millrace.executor.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Objects that records refer to by their number, from 1 on, so that a word of 0 means none. */
public final class SideObjects<T> implements SideState {
    private static final int OVERHEAD = 2 * Long.BYTES;

    private @Nullable Object[] objects = new Object[4];
    private int[] free = new int[4];
    private int freeCount;
    private int used;
    private long objectBytes;

    /** The number of an object that was not there before. */
    public long add(T object) {
        int slot = freeCount > 0 ? free[--freeCount] : used++;
        if (slot == objects.length) {
            objects = Arrays.copyOf(objects, slot * 2);
            free = Arrays.copyOf(free, slot * 2);
        }
        objects[slot] = object;
        return slot + 1L;
    }

    @SuppressWarnings("unchecked")
    public T object(long number) {
        return (T) java.util.Objects.requireNonNull(objects[(int) number - 1]);
    }

    /** Forgets an object; its number goes to another. */
    public void free(long number) {
        objects[(int) number - 1] = null;
        free[freeCount++] = (int) number - 1;
    }

    /** The objects have grown, or shrunk. */
    public void grow(long bytes) {
        objectBytes += bytes;
    }

    /** How many objects there are. */
    public int size() {
        return used - freeCount;
    }

    @Override
    public long bytes() {
        return objectBytes + (long) objects.length * OVERHEAD;
    }
}
