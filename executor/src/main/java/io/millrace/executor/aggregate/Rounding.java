package io.millrace.executor.aggregate;

import java.math.BigInteger;

/** Exact numbers to the nearest double, half to even. */
final class Rounding {
    private static final int PRECISION = 53;
    /** The exponent of the least double. */
    private static final int LEAST_EXPONENT = -1074;

    /** With so many bits of a quotient or root, and whether something is left, a double can be rounded. */
    private static final int ENOUGH_BITS = 66;

    private Rounding() {}

    /** {@code number * 2^exponent}. */
    static double toDouble(BigInteger number, int exponent) {
        double magnitude = round(number.abs(), false, exponent);
        return number.signum() < 0 ? -magnitude : magnitude;
    }

    /** {@code numerator / denominator * 2^exponent}, for a denominator above 0. */
    static double quotient(BigInteger numerator, BigInteger denominator, int exponent) {
        int shift = ENOUGH_BITS - numerator.bitLength() + denominator.bitLength();
        BigInteger[] parts = divide(numerator.abs(), denominator, shift);
        double magnitude = round(parts[0], parts[1].signum() != 0, exponent - shift);
        return numerator.signum() < 0 ? -magnitude : magnitude;
    }

    /** The square root of {@code numerator / denominator * 2^exponent}, neither negative. */
    static double squareRoot(BigInteger numerator, BigInteger denominator, int exponent) {
        int shift = 2 * ENOUGH_BITS - numerator.bitLength() + denominator.bitLength();
        shift += (exponent - shift) & 1;
        BigInteger[] parts = divide(numerator, denominator, shift);
        BigInteger[] root = parts[0].sqrtAndRemainder();
        boolean isMore = parts[1].signum() != 0 || root[1].signum() != 0;
        return round(root[0], isMore, (exponent - shift) / 2);
    }

    private static BigInteger[] divide(BigInteger numerator, BigInteger denominator, int shift) {
        return shift >= 0
                ? numerator.shiftLeft(shift).divideAndRemainder(denominator)
                : numerator.divideAndRemainder(denominator.shiftLeft(-shift));
    }

    /** @param isMore whether the number is greater, by less than 1; it then has more bits than a double */
    private static double round(BigInteger number, boolean isMore, int exponent) {
        int length = number.bitLength();
        int precision = Math.min(PRECISION, length + exponent - LEAST_EXPONENT);
        int dropped = length - precision;
        if (length == 0 || precision < 0) {
            return 0;
        }
        if (dropped <= 0) {
            return Math.scalb((double) number.longValue(), exponent);
        }
        long kept = number.shiftRight(dropped).longValue();
        boolean isHalf = number.testBit(dropped - 1);
        boolean isAboveHalf = isMore || number.getLowestSetBit() < dropped - 1;
        if (isHalf && (isAboveHalf || (kept & 1) == 1)) {
            kept++;
        }
        return Math.scalb((double) kept, exponent + dropped);
    }
}
