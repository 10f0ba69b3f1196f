package io.millrace.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A whole server in virtual time, on a disk that forgets")
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("millrace.simulation.seeds", 1_000);
    private static final long FIRST = Long.getLong("millrace.simulation.seed", 1);
    private static final int LIVES = 3;
    private static final int RUN_TWICE = 50;

    @Test
    @DisplayName("loses nothing and has nothing twice, whenever it crashes")
    void seeds() {
        int crashes = 0;
        long operations = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Scenario scenario = run(seed);
            crashes += scenario.crashes();
            operations += scenario.machine().threads().switches();
            if (seed % RUN_TWICE == 0) {
                assertThat(run(seed).machine().threads().trace())
                        .as("what happens for seed %s", seed)
                        .isEqualTo(scenario.machine().threads().trace());
            }
        }
        System.out.println(SEEDS + " seeds, " + crashes + " crashes, " + operations + " switches of threads");
        assertThat(crashes).isGreaterThan(SEEDS);
    }

    private static Scenario run(long seed) {
        Scenario scenario = new Scenario(seed);
        try {
            scenario.run(LIVES);
        } catch (AssertionError failure) {
            throw new AssertionError("-Dmillrace.simulation.seed=" + seed + ": " + failure.getMessage(), failure);
        }
        return scenario;
    }
}
