package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills servers again and again, at random moments, and some of the time once more while they recover. After each kill every
 * view has to say what the journal of the client says; those who follow changes, and the files of sinks, have been given each of
 * them once. {@code -Dmillrace.crashes=10000} for more.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class CrashTest {
    private static final int CRASHES = Integer.getInteger("millrace.crashes", 200);

    /** At once: one starts while another works. */
    private static final int SERVERS = 2;

    @Test
    void everyViewSaysWhatTheJournalSaysAfterEachKill(@TempDir Path directory) throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        Random random = new Random(seed);
        ExecutorService threads = Executors.newFixedThreadPool(SERVERS);
        List<KilledServer> servers = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            KilledServer server = new KilledServer(
                    directory.resolve("data-" + i),
                    directory.resolve("files-" + i),
                    new Random(random.nextLong()),
                    "seed " + seed + ", server " + i);
            int kills = (CRASHES + SERVERS - 1 - i) / SERVERS;
            servers.add(server);
            running.add(threads.submit(() -> {
                server.live(kills);
                return null;
            }));
        }
        threads.shutdown();
        for (Future<?> each : running) {
            await(each);
        }
        assertThat(servers).allSatisfy(server -> assertThat(server.writes()).isPositive());
        System.out.printf(
                "%d crashes, %d of them during a recovery; %d rows written; seed %d%n",
                servers.stream().mapToInt(KilledServer::kills).sum(),
                servers.stream().mapToInt(KilledServer::killsDuringRecovery).sum(),
                servers.stream().mapToInt(KilledServer::writes).sum(),
                seed);
    }

    private static void await(Future<?> running) throws Exception {
        try {
            running.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Error wrong) {
                throw wrong;
            }
            throw (Exception) failure.getCause();
        }
    }
}
