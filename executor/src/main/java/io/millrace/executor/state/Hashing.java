package io.millrace.executor.state;

/** How key words are mixed: strided keys, and keys that differ in their upper bits only, spread as well as random ones. */
public final class Hashing {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long FOLD_FACTOR = 0xD6E8FEB86659FD93L;

    private Hashing() {}

    public static long mix(long word) {
        long x = (word ^ (word >>> 32)) * FACTOR;
        return x ^ (x >>> 35);
    }

    public static long mix(long hash, long word) {
        return mix(Long.rotateLeft(hash, 23) + word);
    }

    /** The hash as an index keeps it. */
    public static int fold(long hash) {
        return (int) (((hash ^ (hash >>> 29)) * FOLD_FACTOR) >>> 32);
    }
}
