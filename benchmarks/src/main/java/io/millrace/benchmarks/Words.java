package io.millrace.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Log words from a fixed seed: a vocabulary of requests, of which a given share contains ERROR. */
final class Words {
    private static final int ORDINARY = 10_000;
    private static final int ERRORS = 100;

    private final Random random = new Random(42);
    private final byte[][] ordinary = new byte[ORDINARY][];
    private final byte[][] errors = new byte[ERRORS][];
    private final int errorsPerThousand;

    Words(int errorsPerThousand) {
        this.errorsPerThousand = errorsPerThousand;
        for (int i = 0; i < ORDINARY; i++) {
            ordinary[i] = word("w" + Integer.toString(random.nextInt(1_000_000_000), 36));
        }
        for (int i = 0; i < ERRORS; i++) {
            errors[i] = word("ERROR_" + i);
        }
    }

    byte[] next() {
        boolean error = random.nextInt(1_000) < errorsPerThousand;
        return error ? errors[random.nextInt(ERRORS)] : ordinary[random.nextInt(ORDINARY)];
    }

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
