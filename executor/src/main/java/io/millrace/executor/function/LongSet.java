package io.millrace.executor.function;

import java.util.List;

/** IN over numbers: an open-addressing table of longs, or of the bits of doubles. */
final class LongSet extends Condition {
    private final Operand operand;
    private final boolean doubles;
    private final long[] slots;
    private final boolean[] used;
    private final int slotMask;

    private LongSet(Operand operand, boolean doubles, long[] members) {
        super(operand);
        this.operand = operand;
        this.doubles = doubles;
        int capacity = Integer.highestOneBit(Math.max(4, members.length)) * 4;
        slots = new long[capacity];
        used = new boolean[capacity];
        slotMask = capacity - 1;
        for (long member : members) {
            int slot = slot(member);
            slots[slot] = member;
            used[slot] = true;
        }
    }

    static LongSet ofLongs(Operand operand, List<Operand> constants) {
        return new LongSet(
                operand,
                false,
                constants.stream().mapToLong(each -> each.longAt(0)).toArray());
    }

    static LongSet ofDoubles(Operand operand, List<Operand> constants) {
        return new LongSet(
                operand,
                true,
                constants.stream().mapToLong(each -> key(each.doubleAt(0))).toArray());
    }

    @Override
    int selectAll(int rowCount, int[] out) {
        int found = 0;
        for (int row = 0; row < rowCount; row++) {
            out[found] = row;
            found += contains(row);
        }
        return found;
    }

    @Override
    int selectFrom(int[] in, int count, int[] out) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = in[i];
            out[found] = row;
            found += contains(row);
        }
        return found;
    }

    private int contains(int row) {
        long value = doubles ? key(operand.doubleAt(row)) : operand.longAt(row);
        return used[slot(value)] ? 1 : 0;
    }

    /** The slot that holds the value, or the free one where it would be. */
    private int slot(long value) {
        long hash = value;
        hash ^= hash >>> 32;
        hash *= 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 35;
        int slot = (int) hash & slotMask;
        while (used[slot] && slots[slot] != value) {
            slot = (slot + 1) & slotMask;
        }
        return slot;
    }

    /** One pattern of bits for all NaNs, and one for both zeros. */
    private static long key(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }
}
