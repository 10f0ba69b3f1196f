package io.millrace.executor.function;

import io.millrace.executor.column.Int128;
import java.math.BigInteger;

/** 10 to the power of 0 to 38. */
final class PowersOfTen {
    static final int MAX = 38;
    /** Up to 10^18. */
    static final long[] LONGS = new long[19];

    private static final long[] HIGH = new long[MAX + 1];
    private static final long[] LOW = new long[MAX + 1];

    static {
        for (int exponent = 0; exponent <= MAX; exponent++) {
            BigInteger power = BigInteger.TEN.pow(exponent);
            HIGH[exponent] = Int128.high(power);
            LOW[exponent] = Int128.low(power);
            if (exponent < LONGS.length) {
                LONGS[exponent] = power.longValue();
            }
        }
    }

    private PowersOfTen() {}

    static long high(int exponent) {
        return HIGH[exponent];
    }

    static long low(int exponent) {
        return LOW[exponent];
    }

    static BigInteger big(int exponent) {
        return BigInteger.TEN.pow(exponent);
    }
}
