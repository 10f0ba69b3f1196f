package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.executor.time.SystemClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does when its files were damaged while it was down, and when a query asks for too much. */
class DamageTest {
    @TempDir
    Path data;

    @BeforeEach
    void twoStreams() throws SQLException {
        run(
                "CREATE STREAM good (id BIGINT)",
                "CREATE STREAM bad (id BIGINT)",
                "INSERT INTO good VALUES (1)",
                "INSERT INTO bad VALUES (1)",
                "INSERT INTO bad VALUES (2)");
    }

    private Server start() {
        return Server.start(ServerSettings.defaults(data).withPort(0), new SystemClock());
    }

    private static Connection connect(Server server) throws SQLException {
        return DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
    }

    private void run(String... statements) throws SQLException {
        try (Server server = start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<Path> files(String stream, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("streams").resolve(stream))) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Overwrites some bytes of each block of a stream. */
    private void damage(String stream) throws IOException {
        for (Path file : files(stream, ".cq4")) {
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                byte[] head = new byte[1 << 20];
                int length = bytes.read(head);
                for (int at = 4; at + 64 < length; at += 4) {
                    if (head[at] == 'M' && head[at + 1] == 'R' && head[at + 2] == 'B') {
                        bytes.seek(at + 40);
                        bytes.write(new byte[] {1, 2, 3, 4});
                    }
                }
            }
        }
    }

    private static long count(Statement statement, String stream) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM " + stream)) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    private static String state(Statement statement, String stream) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SHOW STREAMS")) {
            while (rows.next()) {
                if (rows.getString("name").equals(stream)) {
                    return rows.getString("state");
                }
            }
        }
        return "missing";
    }

    @Test
    void aStreamWhoseFilesAreGoneIsShownAsDamagedAndCanBeDropped() throws Exception {
        for (Path generation : files("2", "generation-000001")) {
            delete(generation);
        }
        try (Server server = start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            assertThat(count(statement, "good")).isEqualTo(1);
            assertThat(state(statement, "good")).isEqualTo("ready");
            assertThat(state(statement, "bad")).contains("damaged").contains("generation-000001");
            assertThatThrownBy(() -> count(statement, "bad")).hasMessageContaining("damaged");
            assertThatThrownBy(() -> statement.execute("INSERT INTO bad VALUES (3)"))
                    .hasMessageContaining("damaged");
            statement.execute("DROP STREAM bad");
            statement.execute("CREATE STREAM bad (id BIGINT)");
            assertThat(count(statement, "bad")).isZero();
        }
    }

    @Test
    void damageThatAQueryMeetsIsShown() throws Exception {
        damage("2");
        try (Server server = start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> count(statement, "bad")).hasMessageContaining("damaged");
            assertThat(state(statement, "bad")).contains("damaged").contains("generation-000001");
            assertThat(count(statement, "good")).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatCannotBeOpenedAtAllIsOutOfUseAndCanBeDropped() throws Exception {
        delete(data.resolve("streams").resolve("2"));
        Files.createFile(data.resolve("streams").resolve("2"));
        try (Server server = start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            assertThat(count(statement, "good")).isEqualTo(1);
            assertThatThrownBy(() -> count(statement, "bad")).hasMessageContaining("not a directory");
            statement.execute("DROP STREAM bad");
            assertThat(state(statement, "bad")).isEqualTo("missing");
        }
    }

    @Test
    void aDamagedCatalogRefusesToStart() throws Exception {
        damage("0");
        assertThatThrownBy(this::start).hasMessageContaining("the catalog is damaged");
        assertThat(data.resolve("streams").resolve("1")).isDirectory();
    }

    @Test
    void aMissingCatalogRefusesToStartRatherThanBeginEmpty() throws Exception {
        delete(data.resolve("streams").resolve("0"));
        assertThatThrownBy(this::start)
                .hasMessageContaining("the catalog is damaged: it does not know stream or table number");
        assertThatThrownBy(this::start)
                .hasMessageContaining("the catalog is damaged: it does not know stream or table number");
        assertThat(data.resolve("streams").resolve("1")).isDirectory();
        assertThat(data.resolve("streams").resolve("2")).isDirectory();
    }

    @Test
    void aQueryThatNeedsTooMuchMemoryEndsAndTheServerGoesOn() throws Exception {
        ServerSettings settings = ServerSettings.defaults(data)
                .withPort(0)
                .with("data.sync", "false")
                .with("query.memory", "4MiB");
        try (Server server = Server.start(settings);
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            String some = "(0), (1), (2), (3), (4), (5), (6), (7), (8), (9)";
            for (int i = 0; i < 100; i++) {
                statement.execute(
                        "INSERT INTO good VALUES " + String.join(", ", List.of(some, some, some, some, some)));
            }
            assertThatThrownBy(() -> {
                        try (ResultSet rows =
                                statement.executeQuery("SELECT REPEAT('x', 1000) AS t, id FROM good ORDER BY t, id")) {
                            while (rows.next()) {
                                rows.getLong(2);
                            }
                        }
                    })
                    .hasMessageContaining("more than its limit of 4 MB of memory")
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("53200");
            assertThat(count(statement, "good")).isEqualTo(5_001);
        }
    }

    @Test
    void longStringsAreComputedInPartsOfABatch() throws Exception {
        try (Server server = start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO good VALUES (2), (3), (4), (5), (6), (7), (8)");
            try (ResultSet rows =
                    statement.executeQuery("SELECT SUM(CHAR_LENGTH(REPEAT('x', 7000000))), COUNT(*) FROM good")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(56_000_000);
                assertThat(rows.getLong(2)).isEqualTo(8);
            }
        }
    }
}
