package io.millrace.executor.aggregate;

/**
 * An exact sum of doubles as a few doubles in words of a record: what an addition to one part loses is added to the next.
 * Where the parts do not suffice they are made disjoint, after Shewchuk, and then mostly are fewer.
 */
final class Expansion {
    /** A first part up to this is kept: what is added to it overflows nowhere on the way. */
    private static final double MOST_PART = 0x1p1020;

    /** Below this, a quotient's remainder may not be a double. */
    private static final double LEAST_QUOTIENT = 0x1p-900;

    private Expansion() {}

    /**
     * Adds a value.
     *
     * @return what has not been added, since the parts do not suffice or the value is too large or no number; else 0
     */
    static double add(long[] page, int at, int parts, double value) {
        double part = Double.longBitsToDouble(page[at]);
        double sum = part + value;
        if (!(Math.abs(sum) <= MOST_PART)) {
            return value;
        }
        page[at] = Double.doubleToRawLongBits(sum);
        double added = sum - part;
        double lost = (part - (sum - added)) + (value - added);
        return lost == 0 ? 0 : addLower(page, at, parts, lost);
    }

    /** The same for a value that is far smaller than the largest: the first part stays as it is. */
    static double addLower(long[] page, int at, int parts, double value) {
        double carried = value;
        for (int i = at + 1; i < at + parts; i++) {
            double part = Double.longBitsToDouble(page[i]);
            double sum = part + carried;
            double added = sum - part;
            double lost = (part - (sum - added)) + (carried - added);
            page[i] = Double.doubleToRawLongBits(sum);
            if (lost == 0) {
                return 0;
            }
            carried = lost;
        }
        return carried;
    }

    /**
     * Makes the parts as few as can be, with one value more that {@link #add} has left.
     *
     * @return what is to be kept elsewhere; else 0
     */
    static double settle(long[] page, int at, int parts, double more) {
        if (!(Math.abs(Double.longBitsToDouble(page[at]) + more) <= MOST_PART)) {
            return more;
        }
        double[] disjoint = new double[parts + 1];
        int count = compress(disjoint, grow(disjoint, disjoint(page, at, parts, disjoint), more));
        for (int i = 0; i < parts; i++) {
            page[at + i] = i < count ? Double.doubleToRawLongBits(disjoint[count - 1 - i]) : 0;
        }
        return count > parts ? disjoint[0] : 0;
    }

    /** The sum, rounded once, half to even. */
    static double round(long[] page, int at, int parts) {
        double[] disjoint = new double[parts];
        int count = disjoint(page, at, parts, disjoint);
        if (count == 0) {
            return 0;
        }
        int last = count - 1;
        double sum = disjoint[last];
        double lost = 0;
        while (last > 0 && lost == 0) {
            double part = disjoint[--last];
            double next = sum + part;
            lost = part - (next - sum);
            sum = next;
        }
        if (last > 0 && disjoint[last - 1] < 0 == lost < 0) {
            // it was half way between two doubles, were it not for what is below
            double twice = lost * 2;
            double away = sum + twice;
            return away - sum == twice ? away : sum;
        }
        return sum;
    }

    /** The sum divided by a count, rounded once; NaN where that cannot be told from doubles. */
    static double divide(long[] page, int at, int parts, long count) {
        double[] disjoint = new double[parts];
        int last = disjoint(page, at, parts, disjoint) - 1;
        if (last <= 0) {
            return last < 0 ? 0 : disjoint[0] / count;
        }
        double lower = 0;
        for (int i = 0; i < last; i++) {
            lower += disjoint[i];
        }
        double quotient = disjoint[last] / count;
        double correction = (Math.fma(-quotient, count, disjoint[last]) + lower) / count;
        double result = quotient + correction;
        double error = Math.abs((quotient - result) + correction) / Math.ulp(result);
        boolean isNearTie = Math.abs(error - 0.5) < 1e-6 || Math.abs(error - 0.25) < 1e-6;
        return isNearTie || Math.abs(result) < LEAST_QUOTIENT ? Double.NaN : result;
    }

    static boolean isZero(long[] page, int at, int parts) {
        return disjoint(page, at, parts, new double[parts]) == 0;
    }

    /** Parts that do not overlap, smallest first; returns how many. */
    private static int disjoint(long[] page, int at, int parts, double[] disjoint) {
        int count = 0;
        for (int i = 0; i < parts; i++) {
            count = grow(disjoint, count, Double.longBitsToDouble(page[at + i]));
        }
        return count;
    }

    /** Adds a value to parts that do not overlap, smallest first; returns how many there are then. */
    private static int grow(double[] disjoint, int count, double value) {
        double carried = value;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            double sum = carried + disjoint[i];
            double added = sum - carried;
            double lost = (carried - (sum - added)) + (disjoint[i] - added);
            if (lost != 0) {
                disjoint[kept++] = lost;
            }
            carried = sum;
        }
        if (carried != 0) {
            disjoint[kept++] = carried;
        }
        return kept;
    }

    /** Makes parts that do not overlap as large as can be; returns how many there are then. */
    private static int compress(double[] disjoint, int count) {
        double carried = disjoint[count - 1];
        int lowest = count;
        for (int i = count - 2; i >= 0; i--) {
            double sum = carried + disjoint[i];
            double lost = disjoint[i] - (sum - carried);
            carried = sum;
            if (lost != 0) {
                disjoint[--lowest] = sum;
                carried = lost;
            }
        }
        int kept = 0;
        for (int i = lowest; i < count; i++) {
            double sum = disjoint[i] + carried;
            double lost = carried - (sum - disjoint[i]);
            if (lost != 0) {
                disjoint[kept++] = lost;
            }
            carried = sum;
        }
        disjoint[kept++] = carried;
        return kept;
    }
}
