package io.millrace.executor.function;

import io.millrace.executor.work.QueryScope;
import java.util.Arrays;

/**
 * Looks for a literal in a whole column of strings at once. The rows lie one after the other, so eight positions are
 * tested per step, whatever rows they belong to; a hit counts only if it ends in the row where it begins.
 */
final class ContainsSearch {
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final int MAX_COMPARED = 64;

    private final byte[] literal;
    private final long firstByte;
    private final long lastByte;

    /** {@code literal} is not empty. */
    ContainsSearch(byte[] literal) {
        this.literal = literal;
        firstByte = (literal[0] & 0xFF) * ONES;
        lastByte = (literal[literal.length - 1] & 0xFF) * ONES;
    }

    /** Writes the rows that contain the literal; returns how many. */
    int find(byte[] bytes, int[] offsets, int rowCount, int[] out) {
        if (literal.length > MAX_COMPARED) {
            return findByRow(bytes, offsets, rowCount, out);
        }
        int last = literal.length - 1;
        int end = offsets[rowCount];
        int swarEnd = end - 8 - last;
        int at = offsets[0];
        int row = 0;
        int found = 0;
        while (at <= swarEnd) {
            long first = (long) Utf8.LONG.get(bytes, at) ^ firstByte;
            long miss = first | ((long) Utf8.LONG.get(bytes, at + last) ^ lastByte);
            long candidates = (miss - ONES) & ~miss & HIGH_BITS;
            int next = at + 8;
            while (candidates != 0) {
                int position = at + (Long.numberOfTrailingZeros(candidates) >>> 3);
                candidates &= candidates - 1;
                if (isHit(bytes, position)) {
                    while (offsets[row + 1] <= position) {
                        row++;
                    }
                    if (position + last < offsets[row + 1]) {
                        out[found++] = row;
                        next = offsets[row + 1];
                        break;
                    }
                }
            }
            at = next;
        }
        return findTail(bytes, offsets, rowCount, at, row, out, found);
    }

    /** A long literal of which every position matches a part would cost the product of the lengths here. */
    private int findByRow(byte[] bytes, int[] offsets, int rowCount, int[] out) {
        int found = 0;
        for (int row = 0; row < rowCount; row++) {
            QueryScope.checkRow(row);
            out[found] = row;
            boolean isHit = Utf8.indexOf(bytes, offsets[row], offsets[row + 1], literal, 0, literal.length) >= 0;
            found += isHit ? 1 : 0;
        }
        return found;
    }

    private int findTail(byte[] bytes, int[] offsets, int rowCount, int from, int fromRow, int[] out, int already) {
        int last = literal.length - 1;
        int end = offsets[rowCount];
        int row = fromRow;
        int found = already;
        int at = from;
        while (at + last < end) {
            if (isHit(bytes, at)) {
                while (offsets[row + 1] <= at) {
                    row++;
                }
                if (at + last < offsets[row + 1]) {
                    out[found++] = row;
                    at = offsets[row + 1];
                    continue;
                }
            }
            at++;
        }
        return found;
    }

    private boolean isHit(byte[] bytes, int at) {
        return Arrays.equals(bytes, at, at + literal.length, literal, 0, literal.length);
    }
}
