package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.SideObjects;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An exact sum of doubles, or of their squares, in words of a record: the parts of an {@link Expansion}, and the number of
 * a {@link FixedPointSum} for what does not fit in them, and for values that are no numbers.
 *
 * <pre>
 * | number or 0 | parts … |
 * </pre>
 */
final class DoubleSum {
    private static final int PARTS = 1;

    /** A product of two numbers between these is exactly the sum of two doubles. */
    private static final double LEAST_FACTOR = 0x1p-450;

    private static final double MOST_FACTOR = 0x1p490;
    private static final long MOST_WEIGHT = 1L << 53;

    private final int parts;
    private final int slot;
    private final int exponent;

    /**
     * @param parts how many parts the record holds
     * @param slot where tables hold what does not fit
     * @param exponent of the unit of {@link FixedPointSum}
     */
    DoubleSum(int parts, int slot, int exponent) {
        this.parts = parts;
        this.slot = slot;
        this.exponent = exponent;
    }

    int words() {
        return PARTS + parts;
    }

    void add(GroupTable table, long[] page, int at, double value) {
        double rest = Expansion.add(page, at + PARTS, parts, value);
        if (rest != 0) {
            addRest(table, page, at, rest);
        }
    }

    void add(GroupTable table, long[] page, int at, double value, long weight) {
        double magnitude = Math.abs(value);
        if (weight == 1 || (weight == -1 && Double.isFinite(value))) {
            add(table, page, at, weight * value);
        } else if (magnitude >= LEAST_FACTOR && magnitude <= MOST_FACTOR && Math.abs(weight) <= MOST_WEIGHT) {
            double product = value * weight;
            add(table, page, at, product);
            add(table, page, at, Math.fma(value, (double) weight, -product));
        } else if (value != 0) {
            addWide(table, page, at, value, weight);
        }
    }

    /** Adds the square of a finite value {@code weight} times. */
    void addSquare(GroupTable table, long[] page, int at, double value, long weight) {
        double magnitude = Math.abs(value);
        if ((weight == 1 || weight == -1) && magnitude >= LEAST_FACTOR && magnitude <= MOST_FACTOR) {
            double square = value * value;
            add(table, page, at, weight * square);
            double rest = Expansion.addLower(page, at + PARTS, parts, weight * Math.fma(value, value, -square));
            if (rest != 0) {
                addRest(table, page, at, rest);
            }
        } else if (value != 0) {
            FixedPointSum wide = wide(table, page, at);
            long before = wide.bytes();
            wide.addSquare(value, weight);
            grow(table, wide.bytes() - before);
        }
    }

    /** Where much has been too wide for the parts already, they are not settled again. */
    private void addRest(GroupTable table, long[] page, int at, double value) {
        FixedPointSum wide = find(table, page, at);
        double rest = wide != null && wide.hasDigits() ? value : Expansion.settle(page, at + PARTS, parts, value);
        if (rest != 0) {
            addWide(table, page, at, rest, 1);
        }
    }

    private void addWide(GroupTable table, long[] page, int at, double value, long weight) {
        FixedPointSum wide = wide(table, page, at);
        long before = wide.bytes();
        wide.add(value, weight);
        grow(table, wide.bytes() - before);
        if (!wide.hasDigits() && !wide.hasSpecials()) {
            free(table, page, at);
        }
    }

    void merge(GroupTable from, long[] source, int sourceAt, GroupTable into, long[] page, int at) {
        for (int i = 0; i < parts; i++) {
            add(into, page, at, Double.longBitsToDouble(source[sourceAt + PARTS + i]));
        }
        FixedPointSum other = find(from, source, sourceAt);
        if (other != null) {
            FixedPointSum wide = wide(into, page, at);
            long before = wide.bytes();
            wide.add(other);
            grow(into, wide.bytes() - before);
        }
    }

    /** To be called when all may have been taken away: leaves zeros if so. */
    void releaseIfZero(GroupTable table, long[] page, int at) {
        FixedPointSum wide = find(table, page, at);
        if (wide == null && !Expansion.isZero(page, at + PARTS, parts)) {
            return;
        }
        if (wide != null && (wide.hasSpecials() || exact(table, page, at).signum() != 0)) {
            return;
        }
        forget(table, page, at);
        Arrays.fill(page, at + PARTS, at + PARTS + parts, 0);
    }

    void forget(GroupTable table, long[] page, int at) {
        if (page[at] != 0) {
            free(table, page, at);
        }
    }

    void save(GroupTable table, long[] page, int at, StateWriter out) {
        FixedPointSum wide = find(table, page, at);
        out.flag(wide != null);
        if (wide != null) {
            wide.save(out);
        }
        out.numbers(page, at + PARTS, parts);
    }

    void restore(GroupTable table, long[] page, int at, StateReader in) {
        forget(table, page, at);
        if (in.flag()) {
            FixedPointSum wide = wide(table, page, at);
            long before = wide.bytes();
            wide.restore(in);
            grow(table, wide.bytes() - before);
        }
        in.numbers(page, at + PARTS, parts);
    }

    /** NaN or an infinity when the sum is that; else 0. */
    double special(GroupTable table, long[] page, int at) {
        FixedPointSum wide = find(table, page, at);
        return wide == null ? 0 : wide.special();
    }

    /** The sum, rounded once. */
    double sum(GroupTable table, long[] page, int at) {
        FixedPointSum wide = find(table, page, at);
        double special = wide == null ? 0 : wide.special();
        if (special != 0) {
            return special;
        }
        return wide == null || !wide.hasDigits()
                ? Expansion.round(page, at + PARTS, parts)
                : Rounding.toDouble(exact(table, page, at), exponent);
    }

    /** The sum divided by a count, rounded once. */
    double average(GroupTable table, long[] page, int at, long count) {
        FixedPointSum wide = find(table, page, at);
        double special = wide == null ? 0 : wide.special();
        if (special != 0) {
            return special;
        }
        double average =
                wide == null || !wide.hasDigits() ? Expansion.divide(page, at + PARTS, parts, count) : Double.NaN;
        return Double.isNaN(average)
                ? Rounding.quotient(exact(table, page, at), BigInteger.valueOf(count), exponent)
                : average;
    }

    /** The exponent of a unit of which the sum is a multiple; not that of the last bit. */
    int unit(GroupTable table, long[] page, int at) {
        FixedPointSum wide = find(table, page, at);
        if (wide != null && wide.hasDigits()) {
            return exponent;
        }
        int unit = 0;
        for (int i = 0; i < parts; i++) {
            double part = Double.longBitsToDouble(page[at + PARTS + i]);
            unit = part == 0 ? unit : Math.min(unit, FixedPointSum.exponentOf(part));
        }
        return unit;
    }

    /** The sum of the finite values, in units of 2 to the power of {@link #unit}. */
    BigInteger exact(GroupTable table, long[] page, int at, int unit) {
        FixedPointSum wide = find(table, page, at);
        BigInteger sum = wide == null ? BigInteger.ZERO : wide.value();
        for (int i = 0; i < parts; i++) {
            sum = sum.add(FixedPointSum.units(Double.longBitsToDouble(page[at + PARTS + i]), unit));
        }
        return sum;
    }

    private BigInteger exact(GroupTable table, long[] page, int at) {
        return exact(table, page, at, exponent);
    }

    private @Nullable FixedPointSum find(GroupTable table, long[] page, int at) {
        return page[at] == 0 ? null : objects(table).object(page[at]);
    }

    private FixedPointSum wide(GroupTable table, long[] page, int at) {
        SideObjects<FixedPointSum> objects = objects(table);
        if (page[at] == 0) {
            FixedPointSum added = new FixedPointSum(exponent);
            objects.grow(added.bytes());
            page[at] = objects.add(added);
        }
        return objects.object(page[at]);
    }

    private void free(GroupTable table, long[] page, int at) {
        SideObjects<FixedPointSum> objects = objects(table);
        objects.grow(-objects.object(page[at]).bytes());
        objects.free(page[at]);
        page[at] = 0;
    }

    private void grow(GroupTable table, long bytes) {
        if (bytes != 0) {
            objects(table).grow(bytes);
        }
    }

    @SuppressWarnings("unchecked")
    private SideObjects<FixedPointSum> objects(GroupTable table) {
        if (!(table.side(slot) instanceof SideObjects<?> objects)) {
            SideObjects<FixedPointSum> made = new SideObjects<>();
            table.side(slot, made);
            return made;
        }
        return (SideObjects<FixedPointSum>) objects;
    }
}
