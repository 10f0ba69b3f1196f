package io.millrace.executor.aggregate;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import java.math.BigInteger;

/**
 * An exact sum of doubles, or of squares of doubles, of any size: a number of a few thousand bits, in digits of 32 bits
 * that are carried now and then, so that a value is added in a few instructions. Beside it, how often values came that are
 * no numbers.
 */
final class FixedPointSum {
    static final int DOUBLE_EXPONENT = -1074;
    static final int SQUARE_EXPONENT = 2 * DOUBLE_EXPONENT;

    private static final int DIGIT_BITS = 32;
    private static final long DIGIT = (1L << DIGIT_BITS) - 1;
    private static final int FRACTION_BITS = 52;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;
    /** Between two carries a digit changes by less than 2^62: by up to 2^34 with each value. */
    private static final int MOST_UNCARRIED = 1 << 27;

    private static final long[] NONE = {};

    private final int exponent;

    private long[] digits = NONE;
    private int uncarried;
    private long nans;
    private long infinities;
    private long negativeInfinities;

    /** @param exponent that of the unit: {@link #DOUBLE_EXPONENT} or {@link #SQUARE_EXPONENT} */
    FixedPointSum(int exponent) {
        this.exponent = exponent;
    }

    /** Adds a value, finite or not, {@code weight} times. */
    void add(double value, long weight) {
        if (Double.isNaN(value)) {
            nans += weight;
        } else if (value == Double.POSITIVE_INFINITY) {
            infinities += weight;
        } else if (value == Double.NEGATIVE_INFINITY) {
            negativeInfinities += weight;
        } else {
            long mantissa = mantissa(value);
            long times = Math.abs(weight);
            addTimes(0, mantissa, times, value < 0 != weight < 0, exponentOf(value) - exponent);
        }
    }

    /** Adds the square of a finite value {@code weight} times. */
    void addSquare(double value, long weight) {
        long mantissa = mantissa(value);
        long high = Math.multiplyHigh(mantissa, mantissa);
        addTimes(high, mantissa * mantissa, Math.abs(weight), weight < 0, 2 * exponentOf(value) - exponent);
    }

    void add(FixedPointSum other) {
        nans += other.nans;
        infinities += other.infinities;
        negativeInfinities += other.negativeInfinities;
        if (other.digits.length > 0) {
            prepare();
            other.carry();
            carry();
            for (int i = 0; i < digits.length; i++) {
                digits[i] += other.digits[i];
            }
            carry();
        }
    }

    /** NaN or an infinity when the sum is that; else 0. */
    double special() {
        if (nans != 0 || (infinities != 0 && negativeInfinities != 0)) {
            return Double.NaN;
        }
        if (infinities != 0) {
            return Double.POSITIVE_INFINITY;
        }
        return negativeInfinities != 0 ? Double.NEGATIVE_INFINITY : 0;
    }

    boolean hasSpecials() {
        return nans != 0 || infinities != 0 || negativeInfinities != 0;
    }

    /** Whether a finite value was ever added. */
    boolean hasDigits() {
        return digits.length > 0;
    }

    /** The sum of the finite values, in units. */
    BigInteger value() {
        if (digits.length == 0) {
            return BigInteger.ZERO;
        }
        carry();
        byte[] bytes = new byte[digits.length * Integer.BYTES + Integer.BYTES];
        for (int i = 0; i < digits.length; i++) {
            long digit = digits[i];
            int end = bytes.length - i * Integer.BYTES;
            int width = i == digits.length - 1 ? Long.BYTES : Integer.BYTES;
            for (int k = 1; k <= width; k++) {
                bytes[end - k] = (byte) digit;
                digit >>= Byte.SIZE;
            }
        }
        return new BigInteger(bytes);
    }

    void save(StateWriter out) {
        carry();
        out.number(nans);
        out.number(infinities);
        out.number(negativeInfinities);
        out.flag(hasDigits());
        out.numbers(digits, 0, digits.length);
    }

    /** Of a new sum. */
    void restore(StateReader in) {
        nans = in.number();
        infinities = in.number();
        negativeInfinities = in.number();
        if (in.flag()) {
            prepare();
            in.numbers(digits, 0, digits.length);
        }
    }

    long bytes() {
        return 64 + digits.length * (long) Long.BYTES;
    }

    /** A finite double as a whole number of units. */
    static BigInteger units(double value, int ofExponent) {
        BigInteger magnitude = BigInteger.valueOf(mantissa(value)).shiftLeft(exponentOf(value) - ofExponent);
        return value < 0 ? magnitude.negate() : magnitude;
    }

    /** The exponent of the last bit of a finite double. */
    static int exponentOf(double value) {
        return Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - FRACTION_BITS;
    }

    private static long mantissa(double value) {
        long fraction = Double.doubleToRawLongBits(value) & FRACTION;
        return Math.getExponent(value) < Double.MIN_EXPONENT ? fraction : fraction | (1L << FRACTION_BITS);
    }

    private void addTimes(long high, long low, long times, boolean negative, int shift) {
        long middle = Math.multiplyHigh(low, times) + (low < 0 ? times : 0) + high * times;
        long carried = Long.compareUnsigned(middle, high * times) < 0 ? 1 : 0;
        long sign = negative ? -1 : 1;
        prepare();
        int at = shift / DIGIT_BITS;
        int bits = shift % DIGIT_BITS;
        at = addWord(low * times, at, bits, sign);
        at = addWord(middle, at, bits, sign);
        addWord(Math.multiplyHigh(high, times) + carried, at, bits, sign);
        if (++uncarried >= MOST_UNCARRIED) {
            carry();
        }
    }

    private int addWord(long word, int at, int bits, long sign) {
        long lower = (word & DIGIT) << bits;
        long upper = (word >>> DIGIT_BITS) << bits;
        digits[at] += sign * (lower & DIGIT);
        digits[at + 1] += sign * ((lower >>> DIGIT_BITS) + (upper & DIGIT));
        digits[at + 2] += sign * (upper >>> DIGIT_BITS);
        return at + 2;
    }

    private void prepare() {
        if (digits.length == 0) {
            // the bits of the largest double or square, of a weight, and of the numbers that are shifted
            digits = new long[-exponent * 2 / DIGIT_BITS + 12];
        }
    }

    private void carry() {
        for (int i = 0; i < digits.length - 1; i++) {
            digits[i + 1] += digits[i] >> DIGIT_BITS;
            digits[i] &= DIGIT;
        }
        uncarried = 0;
    }
}
