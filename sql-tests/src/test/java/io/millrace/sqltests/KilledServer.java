package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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

/** A data directory whose server is killed again and again, and what a client knows of it. */
final class KilledServer {
    private static final int CHECK_ALL_EVERY = 10;

    private final Path data;
    private final Path files;
    private final Random random;
    private final String name;
    private final CrashJournal journal;
    private final List<ChangesReader> readers = new ArrayList<>();

    private long startMillis = 1_000;
    private int kills;
    private int killsDuringRecovery;

    /**
     * @param data its directory
     * @param files where its sinks write
     */
    KilledServer(Path data, Path files, Random random, String name) {
        this.data = data;
        this.files = files;
        this.random = random;
        this.name = name;
        journal = new CrashJournal(random.nextLong());
    }

    int kills() {
        return kills;
    }

    int killsDuringRecovery() {
        return killsDuringRecovery;
    }

    int writes() {
        return journal.writes();
    }

    /** Starts it and kills it, until it has been killed so often; at last it is looked at once more. */
    void live(int wanted) throws Exception {
        Files.createDirectories(files);
        define();
        while (kills < wanted) {
            if (kills % 3 == 2) {
                killWhileItStarts();
            } else {
                try (ServerProcess server = start()) {
                    check(server);
                    killUnderLoad(server);
                }
            }
        }
        try (ServerProcess server = start()) {
            check(server);
            checkAll(server);
        }
    }

    private void define() throws Exception {
        try (ServerProcess server = start();
                Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            CrashJournal.createAll(statement);
            CrashSinks.createAll(statement);
            long position = position(statement);
            for (String followed : List.of("per_owner", "per_minute", "owned", "(SELECT id FROM events)")) {
                readers.add(new ChangesReader(followed, position));
            }
        }
    }

    private ServerProcess start() throws IOException {
        long began = System.nanoTime();
        ServerProcess server = ServerProcess.start(launch());
        startMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        return server;
    }

    private ProcessBuilder launch() throws IOException {
        ProcessBuilder launch = ServerProcess.launch(data);
        launch.command()
                .addAll(List.of(
                        "--set",
                        "checkpoint.interval=300ms",
                        "--set",
                        "connector.file.roots=" + files.toAbsolutePath()));
        return launch;
    }

    /** After as much of the time that the last start took as chance says, but for the first part, before it reads a file. */
    private void killWhileItStarts() throws Exception {
        Process process = launch().redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long part = startMillis / 3;
        process.waitFor(part + random.nextLong(startMillis - part + 1), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        kills++;
        killsDuringRecovery++;
    }

    private void killUnderLoad(ServerProcess server) throws Exception {
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
        kills++;
    }

    private String when() {
        return name + ", after " + kills + " kills";
    }

    private void check(ServerProcess server) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            journal.settle(statement);
            for (String view : CrashJournal.VIEWS.keySet()) {
                assertThat(counted(Rows.of(statement, "SELECT * FROM " + view)))
                        .as("%s, view %s", when(), view)
                        .isEqualTo(journal.answers(view));
            }
        }
        if (kills % CHECK_ALL_EVERY == 0 && kills > 0) {
            checkAll(server);
        }
    }

    private void checkAll(ServerProcess server) throws Exception {
        try (Connection connection = DriverManager.getConnection(server.url());
                Statement statement = connection.createStatement()) {
            long last = position(statement);
            for (ChangesReader reader : readers) {
                String context = when() + ", " + reader.followed();
                reader.readTo(statement, last);
                if (CrashJournal.VIEWS.containsKey(reader.followed())) {
                    assertThat(reader.accumulated()).as(context).isEqualTo(journal.answers(reader.followed()));
                } else {
                    assertThat(reader.rows().stream().map(row -> row.split("\\|", 4)[3]))
                            .as(context)
                            .containsExactlyElementsOf(journal.eventIds());
                }
            }
            CrashSinks.check(statement, files, journal, last, when());
        }
    }

    static long position(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT mr_position()")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static Map<String, Integer> counted(List<String> rows) {
        Map<String, Integer> counted = new TreeMap<>();
        rows.forEach(row -> counted.merge(row, 1, Integer::sum));
        return counted;
    }
}
