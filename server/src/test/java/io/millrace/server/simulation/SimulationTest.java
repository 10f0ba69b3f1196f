package io.millrace.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A whole server in virtual time, on a disk that forgets")
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("millrace.simulation.seeds", 10_000);
    private static final long FIRST = Long.getLong("millrace.simulation.seed", 1);
    private static final int LIVES = 3;
    private static final int RUN_TWICE = 100;

    private final AtomicInteger crashes = new AtomicInteger();
    private final AtomicInteger trims = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicLong switches = new AtomicLong();

    @Test
    @DisplayName("loses nothing and has nothing twice, whenever it crashes")
    void seeds() throws Exception {
        if (SEEDS == 1) {
            check(FIRST);
            return;
        }
        try (Silence silence = new Silence()) {
            live();
        }
        System.out.println(SEEDS + " lives from seed " + FIRST + " on: " + crashes + " crashes, " + switches
                + " times another thread went on");
        if (SEEDS >= 100) {
            assertThat(crashes.get()).isGreaterThanOrEqualTo(SEEDS);
            assertThat(trims.get()).isGreaterThanOrEqualTo(SEEDS / 100);
            assertThat(reads.get()).as("reads of views on a full disk").isGreaterThanOrEqualTo(SEEDS / 10);
            assertThat(refusals.get()).as("refused").isGreaterThanOrEqualTo(SEEDS / 10);
        }
    }

    private void live() throws Exception {
        // one that hands over from thread to thread leaves a processor idle meanwhile
        int machines = 2 * Runtime.getRuntime().availableProcessors();
        AtomicLong next = new AtomicLong(FIRST);
        ExecutorService threads = Executors.newFixedThreadPool(machines);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < machines; i++) {
            running.add(threads.submit(() -> {
                for (long seed = next.getAndIncrement(); seed < FIRST + SEEDS; seed = next.getAndIncrement()) {
                    check(seed);
                }
            }));
        }
        threads.shutdown();
        for (Future<?> each : running) {
            each.get();
        }
    }

    private void check(long seed) {
        Scenario scenario = run(seed);
        crashes.addAndGet(scenario.crashes());
        trims.addAndGet(scenario.trims());
        reads.addAndGet(scenario.reads());
        refusals.addAndGet(scenario.refusals());
        switches.addAndGet(scenario.machine().threads().switches());
        if (seed % RUN_TWICE == 0) {
            assertThat(run(seed).machine().threads().trace())
                    .as("what happens for seed %s", seed)
                    .isEqualTo(scenario.machine().threads().trace());
        }
    }

    private static Scenario run(long seed) {
        Scenario scenario = new Scenario(seed);
        try {
            scenario.run(LIVES);
        } catch (AssertionError failure) {
            throw new AssertionError(
                    "-Dmillrace.simulation.seeds=1 -Dmillrace.simulation.seed=" + seed + ": " + failure.getMessage(),
                    failure);
        }
        return scenario;
    }
}
