package io.millrace.executor.function;

import io.millrace.executor.work.QueryScope;

/**
 * Looks for bytes in bytes in linear time, whatever they are, and without scratch memory: the two-way algorithm of
 * Crochemore and Perrin. The needle is cut where it repeats least; its right part is compared forwards, and only when
 * that matches the left part backwards. A mismatch moves the needle on by what was compared, or by its period.
 */
final class ByteSearch {
    /** Steps between two questions whether to go on. */
    private static final int STEPS = 1 << 20;

    private final byte[] needle;
    private final int first;
    private final int length;

    /** Where the right part begins. */
    private int cut;

    /** After which the right part repeats itself. */
    private int period;

    private ByteSearch(byte[] needle, int start, int end) {
        this.needle = needle;
        first = start;
        length = end - start;
        factorize();
    }

    /** Where the needle, which is not empty, first occurs; -1 if it does not. */
    static int indexOf(byte[] bytes, int start, int end, byte[] needle, int needleStart, int needleEnd) {
        return needleEnd - needleStart > end - start
                ? -1
                : new ByteSearch(needle, needleStart, needleEnd).find(bytes, start, end);
    }

    /** The later of the two maximal suffixes, by the order of bytes and by its opposite. */
    private void factorize() {
        int ascending = maximalSuffix(false);
        int ascendingPeriod = period;
        int descending = maximalSuffix(true);
        cut = Math.max(ascending, descending);
        period = ascending > descending ? ascendingPeriod : period;
    }

    private int maximalSuffix(boolean isReversed) {
        int suffix = -1;
        int candidate = 0;
        int matched = 1;
        int repeats = 1;
        while (candidate + matched < length) {
            int order = needle[first + candidate + matched] - needle[first + suffix + matched];
            if (order == 0) {
                if (matched == repeats) {
                    candidate += repeats;
                    matched = 1;
                } else {
                    matched++;
                }
            } else if (order < 0 != isReversed) {
                candidate += matched;
                matched = 1;
                repeats = candidate - suffix;
            } else {
                suffix = candidate++;
                matched = 1;
                repeats = 1;
            }
        }
        period = repeats;
        return suffix + 1;
    }

    private boolean isPeriodic() {
        if (cut + period > length) {
            return false;
        }
        for (int i = 0; i < cut; i++) {
            if (needle[first + i] != needle[first + period + i]) {
                return false;
            }
        }
        return true;
    }

    private int find(byte[] bytes, int start, int end) {
        boolean isPeriodic = isPeriodic();
        int shift = isPeriodic ? period : Math.max(cut, length - cut) + 1;
        int remembered = 0; // bytes at the needle's beginning that are known to match, because it repeats itself
        int steps = 0;
        for (int at = start; at <= end - length; ) {
            int right = forwards(bytes, at, Math.max(cut, remembered));
            steps += right - cut + 1;
            if (right < length) {
                at += right - cut + 1;
                remembered = 0;
            } else {
                if (backwards(bytes, at, remembered)) {
                    return at;
                }
                at += shift;
                remembered = isPeriodic ? length - period : 0;
            }
            if (steps > STEPS || steps < 0) {
                steps = 0;
                QueryScope.check();
            }
        }
        return -1;
    }

    /** Returns where the right part differs; the needle's length when it does not. */
    private int forwards(byte[] bytes, int at, int from) {
        int index = from;
        while (index < length && needle[first + index] == bytes[at + index]) {
            index++;
        }
        return index;
    }

    private boolean backwards(byte[] bytes, int at, int known) {
        int index = cut - 1;
        while (index >= known && needle[first + index] == bytes[at + index]) {
            index--;
        }
        return index < known;
    }
}
