package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server again and again, at random moments, and some of the time once more while it recovers. After each kill every
 * view has to say what the journal of the client says; those who follow changes have been given each of them once.
 * {@code -Dmillrace.crashes=10000} for more.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class CrashTest {
    private static final int CRASHES = Integer.getInteger("millrace.crashes", 25);
    private static final int CHECK_ALL_EVERY = 10;

    private int crashes;
    private int duringRecovery;

    @Test
    void everyViewSaysWhatTheJournalSaysAfterEachKill(@TempDir Path data) throws Exception {
        long seed = Long.getLong("millrace.seed", System.nanoTime());
        Random random = new Random(seed);
        CrashJournal journal = new CrashJournal(random.nextLong());
        List<ChangesReader> readers = new ArrayList<>();
        try (ServerProcess server = start(data);
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            CrashJournal.createAll(statement);
            long position = position(statement);
            for (String followed : List.of("per_owner", "per_minute", "owned", "(SELECT id FROM events)")) {
                readers.add(new ChangesReader(followed, position));
            }
        }
        while (crashes < CRASHES) {
            if (crashes % 3 == 2) {
                killWhileItStarts(data, random);
            }
            try (ServerProcess server = start(data)) {
                check(server, journal, readers, "seed " + seed + ", after " + crashes + " crashes");
                killUnderLoad(server, journal, readers, random);
            }
        }
        try (ServerProcess server = start(data)) {
            check(server, journal, readers, "seed " + seed + ", at the end");
            checkReaders(server, journal, readers, "seed " + seed + ", at the end");
        }
        assertThat(journal.writes()).isPositive();
        System.out.printf(
                "%d crashes, %d of them during a recovery; %d rows written; seed %d%n",
                crashes, duringRecovery, journal.writes(), seed);
    }

    private static ServerProcess start(Path data) throws Exception {
        return ServerProcess.start(launch(data), "checkpoint.interval=300ms");
    }

    /** It lives for a second or two: what the better compiler gives comes too late. */
    private static ProcessBuilder launch(Path data) throws Exception {
        ProcessBuilder launch = ServerProcess.launch(data);
        launch.command().addAll(1, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        return launch;
    }

    private static long position(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT mr_position()")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private void killWhileItStarts(Path data, Random random) throws Exception {
        Process process = launch(data)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor(300 + random.nextInt(900), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        crashes++;
        duringRecovery++;
    }

    private void killUnderLoad(ServerProcess server, CrashJournal journal, List<ChangesReader> readers, Random random)
            throws Exception {
        CountDownLatch begun = new CountDownLatch(readers.size());
        CountDownLatch written = new CountDownLatch(5);
        List<Thread> threads = new ArrayList<>();
        for (ChangesReader reader : readers) {
            threads.add(new Thread(() -> reader.read(server.url(), begun)));
        }
        threads.add(new Thread(() -> journal.write(server.url(), written)));
        threads.forEach(Thread::start);
        assertThat(written.await(60, TimeUnit.SECONDS)).isTrue();
        new CountDownLatch(1).await(random.nextInt(700), TimeUnit.MILLISECONDS);
        server.kill();
        for (Thread thread : threads) {
            thread.join();
        }
        crashes++;
    }

    private void check(ServerProcess server, CrashJournal journal, List<ChangesReader> readers, String when)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            journal.settle(statement);
            for (String view : CrashJournal.VIEWS.keySet()) {
                assertThat(counted(Rows.of(statement, "SELECT * FROM " + view)))
                        .as("%s, view %s", when, view)
                        .isEqualTo(journal.answers(view));
            }
        }
        if (crashes % CHECK_ALL_EVERY == 0 && crashes > 0) {
            checkReaders(server, journal, readers, when);
        }
    }

    private static void checkReaders(
            ServerProcess server, CrashJournal journal, List<ChangesReader> readers, String when) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            long last = position(statement);
            for (ChangesReader reader : readers) {
                String context = when + ", " + reader.followed();
                reader.readTo(statement, last);
                if (CrashJournal.VIEWS.containsKey(reader.followed())) {
                    assertThat(reader.accumulated()).as(context).isEqualTo(journal.answers(reader.followed()));
                } else {
                    assertThat(reader.rows().stream().map(row -> row.split("\\|", 4)[3]))
                            .as(context)
                            .containsExactlyElementsOf(journal.eventIds());
                }
            }
        }
    }

    private static Map<String, Integer> counted(List<String> rows) {
        Map<String, Integer> counted = new TreeMap<>();
        rows.forEach(row -> counted.merge(row, 1, Integer::sum));
        return counted;
    }
}
