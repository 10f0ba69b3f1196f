package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A server, and its data directory as it was at one moment, as if the server had been killed then. */
final class CrashedCopy {
    private final Path directory;
    private final ManualClock clock = new ManualClock(1_767_225_600_000_000L);

    CrashedCopy(Path directory) {
        this.directory = directory;
    }

    interface Work {
        void on(Statement statement) throws Exception;
    }

    ManualClock clock() {
        return clock;
    }

    Path data() {
        return directory.resolve("data");
    }

    Path copied() {
        return directory.resolve("copy");
    }

    /**
     * Runs a server, and ends it properly.
     *
     * @param more settings and their values
     */
    void run(Path data, Work work, String... more) throws Exception {
        ServerSettings settings = ServerSettings.defaults(data).with("data.sync", "false");
        for (int i = 0; i < more.length; i += 2) {
            settings = settings.with(more[i], more[i + 1]);
        }
        try (Server server = Server.start(settings.withPort(0), clock);
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement()) {
            work.on(statement);
        }
    }

    /** Waits for the first checkpoint. */
    void checkpoint() throws IOException {
        clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        while (checkpoints().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    List<Path> checkpoints() throws IOException {
        Path checkpoints = data().resolve("checkpoints");
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(checkpoints)) {
            return files.filter(file -> file.getFileName().toString().matches("checkpoint-\\d+"))
                    .toList();
        }
    }

    /** The directory as it is now; nothing may be written meanwhile. */
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.toList()) {
                Files.copy(file, copied().resolve(data().relativize(file)));
            }
        }
    }

    /** The views have what their queries give. */
    static void check(Statement statement, String... views) throws SQLException {
        for (String view : views) {
            String query = Rows.of(statement, "SELECT definition FROM sys.views WHERE name = '" + view + "'")
                    .get(0);
            assertThat(sorted(statement, "SELECT * FROM " + view))
                    .as(view)
                    .isEqualTo(sorted(statement, query.substring(query.indexOf("SELECT"))));
        }
    }

    static List<String> sorted(Statement statement, String query) throws SQLException {
        List<String> rows = Rows.of(statement, query);
        Collections.sort(rows);
        return rows;
    }

    static long number(Statement statement, String query) throws SQLException {
        return Long.parseLong(Rows.of(statement, query).get(0));
    }
}
