package io.millrace.executor.function;

import io.millrace.plan.DataType;
import java.util.Arrays;
import java.util.List;

/** IN over strings: an open-addressing table that is probed with the bytes of the column. */
final class TextSet extends Condition {
    private final Operand operand;
    private final boolean padded;
    private final byte[][] slots;
    private final boolean[] used;
    private final int slotMask;

    private TextSet(Operand operand, List<Operand> constants, boolean padded) {
        super(operand);
        this.operand = operand;
        this.padded = padded;
        int capacity = Integer.highestOneBit(Math.max(4, constants.size())) * 4;
        slots = new byte[capacity][0];
        used = new boolean[capacity];
        slotMask = capacity - 1;
        for (Operand constant : constants) {
            int end = end(constant, 0);
            int slot = slot(constant.bytes, constant.start(0), end);
            slots[slot] = Arrays.copyOfRange(constant.bytes, constant.start(0), end);
            used[slot] = true;
        }
    }

    static TextSet of(Operand operand, List<Operand> constants) {
        boolean padded = operand.type.kind() == DataType.Kind.CHAR
                || constants.stream().anyMatch(each -> each.type.kind() == DataType.Kind.CHAR);
        return new TextSet(operand, constants, padded);
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
        return used[slot(operand.bytes, operand.start(row), end(operand, row))] ? 1 : 0;
    }

    private int end(Operand text, int row) {
        return padded ? Utf8.trimmedEnd(text.bytes, text.start(row), text.end(row)) : text.end(row);
    }

    private int slot(byte[] bytes, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ (hash >>> 15)) & slotMask;
        while (used[slot] && !Arrays.equals(slots[slot], 0, slots[slot].length, bytes, start, end)) {
            slot = (slot + 1) & slotMask;
        }
        return slot;
    }
}
