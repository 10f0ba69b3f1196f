package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import java.util.Arrays;

/**
 * Some of many doubles, by which their ranks are told within about 1 %, after Karnin, Lang and Liberty. A level that is
 * full is sorted, and every other value goes to the level above; up to {@value #MOST} values are all kept.
 *
 * <pre>
 * level    | 0     | 1     | … | top   |
 * counts   | 1     | 2     | … | 2^top |  values for each that is kept
 * capacity | 16    | 16    | … | 256   |  each 2/3 of the next
 * </pre>
 *
 * Which half goes up is drawn from a generator of its own, so that the same values in the same order give the same
 * sketch; those of DataSketches draw from one that all threads share. NaN is the greatest, and -0.0 counts as 0.0.
 */
final class QuantileSketch {
    private static final int MOST = 256;
    private static final int LEAST = 16;
    private static final int FIRST = 8;
    private static final int OVERHEAD = 128;
    private static final int[] CAPACITIES = capacities();

    private double[][] levels = {new double[FIRST]};
    private int[] sizes = {0};
    private long bytes = OVERHEAD + FIRST * (long) Double.BYTES;

    private long count;
    private double least = Double.NaN;
    private double greatest = Double.NEGATIVE_INFINITY;
    private long coins = 1;

    private static int[] capacities() {
        int[] capacities = new int[Long.SIZE];
        for (int below = 0; below < capacities.length; below++) {
            capacities[below] = Math.max(LEAST, (int) Math.ceil(MOST * Math.pow(2.0 / 3, below)));
        }
        return capacities;
    }

    void add(double value) {
        double canonical = value + 0.0;
        include(canonical, canonical, 1);
        reserve(0, 1);
        levels[0][sizes[0]++] = canonical;
        if (sizes[0] > capacity(0)) {
            compact();
        }
    }

    void merge(QuantileSketch other) {
        if (other.count == 0) {
            return;
        }
        include(other.least, other.greatest, other.count);
        for (int level = 0; level < other.levels.length; level++) {
            int more = other.sizes[level];
            reserve(level, more);
            System.arraycopy(other.levels[level], 0, levels[level], sizes[level], more);
            sizes[level] += more;
        }
        compact();
    }

    /** The least value that is no less than this fraction of the values, as far as is known. */
    double quantile(double fraction) {
        if (fraction <= 0) {
            return least;
        }
        if (fraction >= 1) {
            return greatest;
        }
        for (int level = 0; level < levels.length; level++) {
            Arrays.sort(levels[level], 0, sizes[level]);
        }
        double rank = fraction * count;
        int[] heads = new int[levels.length];
        long passed = 0;
        while (true) {
            int next = leastHead(heads);
            passed += 1L << next;
            double value = levels[next][heads[next]++];
            if (passed >= rank || passed == count) {
                return value;
            }
        }
    }

    void save(StateWriter out) {
        out.number(count);
        out.number(Double.doubleToRawLongBits(least));
        out.number(Double.doubleToRawLongBits(greatest));
        out.number(coins);
        out.count(levels.length);
        for (int level = 0; level < levels.length; level++) {
            out.count(sizes[level]);
            for (int i = 0; i < sizes[level]; i++) {
                out.number(Double.doubleToRawLongBits(levels[level][i]));
            }
        }
    }

    static QuantileSketch restore(StateReader in) {
        QuantileSketch sketch = new QuantileSketch();
        sketch.count = in.number();
        sketch.least = Double.longBitsToDouble(in.number());
        sketch.greatest = Double.longBitsToDouble(in.number());
        sketch.coins = in.number();
        int levels = in.count();
        for (int level = 0; level < levels; level++) {
            int size = in.count();
            sketch.reserve(level, size);
            for (int i = 0; i < size; i++) {
                sketch.levels[level][i] = Double.longBitsToDouble(in.number());
            }
            sketch.sizes[level] = size;
        }
        return sketch;
    }

    /** The bytes held. */
    long bytes() {
        return bytes;
    }

    private int leastHead(int[] heads) {
        int next = -1;
        for (int level = 0; level < levels.length; level++) {
            boolean has = heads[level] < sizes[level];
            if (has && (next < 0 || Double.compare(levels[level][heads[level]], levels[next][heads[next]]) < 0)) {
                next = level;
            }
        }
        return next;
    }

    private void include(double from, double to, long more) {
        least = count == 0 || Double.compare(from, least) < 0 ? from : least;
        greatest = count == 0 || Double.compare(to, greatest) > 0 ? to : greatest;
        count += more;
    }

    private int capacity(int level) {
        return CAPACITIES[levels.length - 1 - level];
    }

    private void compact() {
        for (int level = 0; level < levels.length; level++) {
            if (sizes[level] > capacity(level)) {
                halve(level);
            }
        }
    }

    /** Moves half of a level up; the least value stays where they are odd. */
    private void halve(int level) {
        double[] values = levels[level];
        int size = sizes[level];
        int kept = size & 1;
        Arrays.sort(values, 0, size);
        reserve(level + 1, size / 2);
        double[] above = levels[level + 1];
        int end = sizes[level + 1];
        for (int i = kept + coin(); i < size; i += 2) {
            above[end++] = values[i];
        }
        sizes[level + 1] = end;
        sizes[level] = kept;
        shrink(level);
    }

    /** A level that is no longer the top needs less room. */
    private void shrink(int level) {
        double[] values = levels[level];
        int fitting = capacity(level) + 1;
        if (values.length > 2 * fitting) {
            levels[level] = Arrays.copyOf(values, fitting);
            bytes -= (values.length - fitting) * (long) Double.BYTES;
        }
    }

    private int coin() {
        coins = coins * 6364136223846793005L + 1442695040888963407L;
        return (int) (coins >>> 63);
    }

    /** Makes room for more values in a level that may be new. */
    private void reserve(int level, int more) {
        if (level == levels.length) {
            levels = Arrays.copyOf(levels, level + 1);
            levels[level] = new double[0];
            sizes = Arrays.copyOf(sizes, level + 1);
            bytes += 3L * Long.BYTES;
        }
        int needed = sizes[level] + more;
        double[] values = levels[level];
        if (needed > values.length) {
            levels[level] = Arrays.copyOf(values, Math.max(needed, values.length * 2));
            bytes += (levels[level].length - values.length) * (long) Double.BYTES;
        }
    }
}
