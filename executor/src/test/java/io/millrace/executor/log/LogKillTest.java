package io.millrace.executor.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.SystemClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that appends, again and again; rounds by the property millrace.kill.rounds. */
@Timeout(1200)
class LogKillTest {
    private static final int ROUNDS = Integer.getInteger("millrace.kill.rounds", 5);

    @TempDir
    Path directory;

    @Test
    void acknowledged_rows_survive_a_kill_once_and_in_order() throws Exception {
        long seed = Long.getLong("millrace.seed", new Random().nextLong());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long[] acknowledged = new long[LogVictim.THREADS];
        for (int round = 0; round < ROUNDS; round++) {
            kill(random, acknowledged);
            try (ChronicleLog log = ChronicleLog.open(directory, LogFixture.options(new SystemClock()))) {
                long[] counts = LogVictim.counts(log);
                for (int t = 0; t < counts.length; t++) {
                    assertThat(counts[t])
                            .as("seed %d round %d thread %d", seed, round, t)
                            .isGreaterThanOrEqualTo(acknowledged[t]);
                    assertWhole(acknowledged[t], counts[t]);
                    acknowledged[t] = counts[t];
                }
            }
        }
        System.out.println("rows after " + ROUNDS + " kills: " + java.util.Arrays.toString(acknowledged));
    }

    private static void assertWhole(long from, long count) {
        long row = from;
        while (row < count) {
            row += LogVictim.size(row);
        }
        assertThat(row).as("no part of an append").isEqualTo(count);
    }

    private void kill(Random random, long[] acknowledged) throws IOException, InterruptedException {
        Process process = start();
        boolean early = random.nextInt(3) == 0;
        long nanos = random.nextInt(300) * 1_000_000L;
        Thread killer = null;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("ack") && words.length == 3) {
                    acknowledged[Integer.parseInt(words[1])] = Long.parseLong(words[2]);
                }
                if (killer == null && (words[0].equals("ack") || early)) {
                    killer = new Thread(() -> {
                        LockSupport.parkNanos(nanos);
                        process.toHandle().destroyForcibly(); // unlike the process itself it leaves the pipe open
                    });
                    killer.start();
                }
            }
        }
        process.destroyForcibly().waitFor();
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (flag.startsWith("--")) {
                command.add(flag);
            }
        }
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                LogVictim.class.getName(),
                directory.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
