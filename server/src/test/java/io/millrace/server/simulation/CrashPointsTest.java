package io.millrace.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A crash at every operation of the disk")
class CrashPointsTest {
    private static final long SEED = Long.getLong("millrace.simulation.workload", 1);

    /** Every so manieth operation is tried with each kind of crash; 1: each. By default each is tried with one of them. */
    private static final int STRIDE = Integer.getInteger("millrace.simulation.stride", CrashKind.values().length);

    @ParameterizedTest
    @EnumSource(CrashKind.class)
    @DisplayName("leaves all that was acknowledged")
    void everyOperation(CrashKind kind) {
        long operations;
        try (Silence silence = new Silence()) {
            operations = crashAtEach(kind);
        }
        assertThat(operations).as("operations of the workload").isGreaterThan(200);
    }

    private static long crashAtEach(CrashKind kind) {
        long operations = new Scenario(SEED).run(Long.MAX_VALUE / 2, kind);
        for (long crashAt = kind.ordinal() % STRIDE; crashAt < operations; crashAt += STRIDE) {
            Scenario scenario = new Scenario(SEED);
            try {
                scenario.run(crashAt, kind);
            } catch (AssertionError failure) {
                throw new AssertionError("crash at operation " + crashAt + ": " + failure.getMessage(), failure);
            }
        }
        return operations;
    }
}
