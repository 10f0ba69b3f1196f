package io.millrace.executor.column;

import java.math.BigInteger;

/** 10 to the power of 0 to 38. */
public final class PowersOfTen {
    public static final int MAX = 38;
    /** Up to 10^18. */
    public static final long[] LONGS = new long[19];

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

    public static long high(int exponent) {
        return HIGH[exponent];
    }

    public static long low(int exponent) {
        return LOW[exponent];
    }

    public static BigInteger big(int exponent) {
        return BigInteger.TEN.pow(exponent);
    }
}
