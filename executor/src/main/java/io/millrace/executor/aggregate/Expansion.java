package io.millrace.executor.aggregate;

/**
 * An exact sum of doubles as a few doubles that do not overlap, after Shewchuk: in words of a record, smallest first, 0
 * after the last.
 */
final class Expansion {
    /** Values up to this are added without an overflow on the way. */
    static final double MOST = 0x1p1000;

    /** Parts up to this are kept: two of them can be added. */
    private static final double MOST_PART = 0x1p1020;

    /** Below this, a quotient's remainder may not be a double. */
    private static final double LEAST_QUOTIENT = 0x1p-900;

    private Expansion() {}

    /**
     * Adds a value up to {@link #MOST}.
     *
     * @return what does not fit in the words, and is to be kept elsewhere; else 0
     */
    static double add(long[] page, int at, int capacity, double value) {
        double carried = value;
        int kept = 0;
        for (int i = 0; i < capacity; i++) {
            double part = Double.longBitsToDouble(page[at + i]);
            if (part == 0) {
                break;
            }
            double sum = carried + part;
            double partOfSum = sum - carried;
            double lost = (carried - (sum - partOfSum)) + (part - partOfSum);
            if (lost != 0) {
                page[at + kept++] = Double.doubleToRawLongBits(lost);
            }
            carried = sum;
        }
        boolean fits = kept < capacity && Math.abs(carried) <= MOST_PART;
        if (fits) {
            page[at + kept++] = Double.doubleToRawLongBits(carried + 0.0);
        }
        for (int i = kept; i < capacity; i++) {
            page[at + i] = 0;
        }
        return fits ? 0 : carried;
    }

    /** The sum, rounded once, half to even. */
    static double round(long[] page, int at, int capacity) {
        int last = last(page, at, capacity);
        if (last < 0) {
            return 0;
        }
        double sum = Double.longBitsToDouble(page[at + last]);
        double lost = 0;
        while (last > 0 && lost == 0) {
            double part = Double.longBitsToDouble(page[at + --last]);
            double next = sum + part;
            lost = part - (next - sum);
            sum = next;
        }
        if (last > 0 && lost != 0) {
            double below = Double.longBitsToDouble(page[at + last - 1]);
            // half way between two doubles, were it not for what is below
            double twice = lost * 2;
            double away = sum + twice;
            if (below < 0 == lost < 0 && away - sum == twice) {
                return away;
            }
        }
        return sum;
    }

    /** The sum divided by a count, rounded once; NaN where that cannot be told from the first parts. */
    static double divide(long[] page, int at, int capacity, long count) {
        int last = last(page, at, capacity);
        if (last < 0) {
            return 0;
        }
        double sum = Double.longBitsToDouble(page[at + last]);
        if (last == 0) {
            return sum / count;
        }
        double lower = 0;
        for (int i = 0; i < last; i++) {
            lower += Double.longBitsToDouble(page[at + i]);
        }
        double quotient = sum / count;
        double correction = (Math.fma(-quotient, count, sum) + lower) / count;
        double result = quotient + correction;
        double error = Math.abs((quotient - result) + correction) / Math.ulp(result);
        boolean isNearTie = Math.abs(error - 0.5) < 1e-6 || Math.abs(error - 0.25) < 1e-6;
        return isNearTie || Math.abs(result) < LEAST_QUOTIENT ? Double.NaN : result;
    }

    private static int last(long[] page, int at, int capacity) {
        int last = capacity - 1;
        while (last >= 0 && page[at + last] == 0) {
            last--;
        }
        return last;
    }
}
