package io.millrace.executor.column;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Numbers of 128 bits in two's complement: a signed high word and an unsigned low word. Kernels compute the words of a
 * result one after the other, so that nothing is allocated.
 */
public final class Int128 {
    private Int128() {}

    public static long high(BigInteger value) {
        return value.shiftRight(64).longValue();
    }

    public static long low(BigInteger value) {
        return value.longValue();
    }

    public static BigInteger toBigInteger(long high, long low) {
        if (high == low >> 63) {
            return BigInteger.valueOf(low);
        }
        BigInteger unsignedLow = BigInteger.valueOf(low >>> 1).shiftLeft(1).or(BigInteger.valueOf(low & 1));
        return BigInteger.valueOf(high).shiftLeft(64).or(unsignedLow);
    }

    public static BigDecimal toBigDecimal(long high, long low, int scale) {
        return new BigDecimal(toBigInteger(high, low), scale);
    }

    /**
     * The unscaled value of a number in a DECIMAL type, rounded half up to its scale.
     *
     * @throws MillraceException when it has too many digits for the type
     */
    public static BigInteger unscaled(BigDecimal value, DataType type) {
        // the digits before the point, before setScale() could build a number of a billion digits
        long integerDigits = (long) value.precision() - value.scale();
        if (value.signum() != 0 && integerDigits > type.precision() - type.scale()) {
            throw outOfRange(type);
        }
        BigDecimal scaled = value.signum() == 0
                ? BigDecimal.ZERO.setScale(type.scale())
                : value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision() && scaled.signum() != 0) {
            throw outOfRange(type);
        }
        return scaled.unscaledValue();
    }

    private static MillraceException outOfRange(DataType type) {
        return new MillraceException(ErrorCode.NUMERIC_OUT_OF_RANGE, "value out of range for type " + type);
    }

    /** Signed order. */
    public static int compare(long leftHigh, long leftLow, long rightHigh, long rightLow) {
        int order = Long.compare(leftHigh, rightHigh);
        return order != 0 ? order : Long.compareUnsigned(leftLow, rightLow);
    }

    /** The high word of a sum; the low one is {@code leftLow + rightLow}. */
    public static long addHigh(long leftHigh, long leftLow, long rightHigh, long rightLow) {
        long low = leftLow + rightLow;
        return leftHigh + rightHigh + (Long.compareUnsigned(low, leftLow) < 0 ? 1 : 0);
    }

    /** Whether a sum with this high word has left the 128 bits. */
    public static boolean addOverflows(long leftHigh, long rightHigh, long sumHigh) {
        return ((leftHigh ^ sumHigh) & (rightHigh ^ sumHigh)) < 0;
    }

    /** The high word of a difference; the low one is {@code leftLow - rightLow}. */
    public static long subtractHigh(long leftHigh, long leftLow, long rightHigh, long rightLow) {
        return leftHigh - rightHigh - (Long.compareUnsigned(leftLow, rightLow) < 0 ? 1 : 0);
    }

    /** Whether a difference with this high word has left the 128 bits. */
    public static boolean subtractOverflows(long leftHigh, long rightHigh, long differenceHigh) {
        return ((leftHigh ^ rightHigh) & (leftHigh ^ differenceHigh)) < 0;
    }

    /** The high word of the negated number; the low one is {@code -low}. */
    public static long negateHigh(long high, long low) {
        return ~high + (low == 0 ? 1 : 0);
    }

    /** Whether the number has at most {@code precision} digits. */
    public static boolean fits(long high, long low, int precision) {
        if (high == low >> 63) {
            return precision > 18 || (low < PowersOfTen.LONGS[precision] && low > -PowersOfTen.LONGS[precision]);
        }
        if (precision <= 18 || (high == Long.MIN_VALUE && low == 0)) {
            return false;
        }
        long absoluteHigh = high < 0 ? negateHigh(high, low) : high;
        long absoluteLow = high < 0 ? -low : low;
        return compare(absoluteHigh, absoluteLow, PowersOfTen.high(precision), PowersOfTen.low(precision)) < 0;
    }

    /** {@code number * 10^scaleUp / divisor}, rounded half up; allocates. */
    public static BigInteger divideHalfUp(long high, long low, int scaleUp, long divisor) {
        BigInteger dividend = toBigInteger(high, low).multiply(PowersOfTen.big(scaleUp));
        return new BigDecimal(dividend)
                .divide(BigDecimal.valueOf(divisor), 0, RoundingMode.HALF_UP)
                .unscaledValue();
    }
}
