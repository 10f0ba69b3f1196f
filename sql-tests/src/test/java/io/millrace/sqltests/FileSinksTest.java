package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What users meet who write files. */
@Timeout(120)
class FileSinksTest {
    @TempDir
    private Path data;

    @TempDir
    private Path files;

    private interface Work {
        void with(Statement statement) throws Exception;
    }

    private void onServer(Work work) throws Exception {
        ServerSettings settings = ServerSettings.defaults(data)
                .with("connector.file.roots", files.toString())
                .with("subscription.buffer-rows", "1000")
                .with("sink.roll-interval", "10ms");
        try (Server server = Server.start(settings.withPort(0));
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement()) {
            work.with(statement);
        }
    }

    private static void sink(Statement statement, String name, String query) throws SQLException {
        statement.execute("CREATE SINK " + name + " INTO (connector = 'file', path = '" + name
                + "', format = 'csv') AS " + query);
    }

    private static void awaitRows(Statement statement, String sink, long rows) throws Exception {
        SinkFiles.await(
                statement, "SELECT COUNT(*) = 1 FROM sys.sinks WHERE name = '" + sink + "' AND row_count = " + rows);
    }

    private List<List<String>> written(String sink) throws Exception {
        return SinkFiles.rows(SinkFiles.of(files.resolve(sink)));
    }

    @Test
    void withoutRootsFilesAreRefused() throws Exception {
        try (Server server = Server.start(ServerSettings.defaults(data).withPort(0));
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM events (id INT)");
            assertThatThrownBy(() -> sink(statement, "s", "SELECT * FROM events"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no connector may write files")
                    .hasMessageContaining("connector.file.roots");
            assertThat(Rows.of(statement, "SHOW SINKS")).isEmpty();
        }
    }

    @Test
    void aStepThatIsLargerThanWhatMayWaitIsWrittenInOneFile() throws Exception {
        onServer(statement -> {
            statement.execute("CREATE STREAM events (id INT)");
            statement.execute("CREATE STREAM numbers (id INT)");
            for (int i = 0; i < 5; i++) {
                insert(statement, "numbers", 1_000);
            }
            sink(statement, "s", "SELECT id FROM events SINCE NOW");
            statement.execute("INSERT INTO events SELECT id FROM numbers");
            insert(statement, "events", 3);
            awaitRows(statement, "s", 5_003);
            assertThat(written("s")).hasSize(5_003);
            assertThat(SinkFiles.of(files.resolve("s")))
                    .anySatisfy(file -> assertThat(file.records()).hasSizeGreaterThanOrEqualTo(1 + 5_000));
        });
    }

    private static void insert(Statement statement, String stream, int rows) throws SQLException {
        StringBuilder values = new StringBuilder("(0)");
        for (int i = 1; i < rows; i++) {
            values.append(", (").append(i).append(')');
        }
        statement.execute("INSERT INTO " + stream + " VALUES " + values);
    }

    @Test
    void aSinkWhoseDirectoryIsGonePausesAndGoesOn() throws Exception {
        onServer(statement -> {
            statement.execute("CREATE STREAM events (id INT)");
            sink(statement, "s", "SELECT id FROM events SINCE NOW");
            sink(statement, "other", "SELECT id FROM events SINCE NOW");
            statement.execute("INSERT INTO events VALUES (1)");
            awaitRows(statement, "s", 1);
            Path away = files.resolve("away");
            Files.move(files.resolve("s"), away);
            statement.execute("INSERT INTO events VALUES (2)");
            SinkFiles.await(statement, "SELECT state = 'paused' FROM sys.sinks WHERE name = 's'");
            assertThat(Rows.of(statement, "SELECT error FROM sys.sinks WHERE name = 's'")
                            .get(0))
                    .contains("s");
            awaitRows(statement, "other", 2);
            Files.createDirectory(files.resolve("s"));
            SinkFiles.await(
                    statement,
                    "SELECT error LIKE 'what sink \"s\" has written last%is gone%' FROM sys.sinks WHERE name = 's'");
            assertThat(files.resolve("s")).isEmptyDirectory();
            Files.delete(files.resolve("s"));
            Files.move(away, files.resolve("s"));
            statement.execute("INSERT INTO events VALUES (3)");
            awaitRows(statement, "s", 3);
            assertThat(Rows.of(statement, "SELECT state, error FROM sys.sinks WHERE name = 's'"))
                    .containsExactly("running|NULL");
            assertThat(written("s")).containsExactly(List.of("1"), List.of("2"), List.of("3"));
        });
    }

    @Test
    void flushSinksReturnsWhenAllIsInFiles() throws Exception {
        onServer(statement -> {
            statement.execute("CREATE STREAM events (id INT)");
            statement.execute("FLUSH SINKS"); // there are none
            for (String name : List.of("s", "other")) {
                statement.execute("CREATE SINK " + name + " INTO (connector = 'file', path = '" + name
                        + "', format = 'csv', roll_interval = '1h') AS SELECT id FROM events WHERE id < 3");
            }
            for (int id = 0; id < 5; id++) { // the last two change nothing
                statement.execute("INSERT INTO events VALUES (" + id + ")");
                statement.execute("FLUSH SINKS");
                assertThat(written("s")).hasSize(Math.min(3, id + 1));
                assertThat(written("other")).hasSize(Math.min(3, id + 1));
            }
            assertThat(Rows.of(statement, "SELECT last_position = mr_position() FROM sys.sinks"))
                    .containsExactly("true", "true");

            Files.move(files.resolve("s"), files.resolve("away"));
            statement.execute("INSERT INTO events VALUES (1)");
            assertThatThrownBy(() -> statement.execute("FLUSH SINKS"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("58030"))
                    .hasMessageContaining("sink \"s\" is paused: ");
            statement.execute("FLUSH");
            Files.move(files.resolve("away"), files.resolve("s"));
            SinkFiles.await(statement, "SELECT state = 'running' FROM sys.sinks WHERE name = 's'");
            statement.execute("FLUSH SINKS");
            assertThat(written("s")).hasSize(4);
            assertThat(written("other")).hasSize(4);
        });
    }

    @Test
    void aSinkComesBackWithTheServerAndGoesOn() throws Exception {
        onServer(statement -> {
            statement.execute("CREATE STREAM events (id INT)");
            statement.execute("INSERT INTO events VALUES (1)");
            sink(statement, "s", "SELECT id FROM events");
            statement.execute("INSERT INTO events VALUES (2)");
            awaitRows(statement, "s", 2);
        });
        onServer(statement -> {
            statement.execute("INSERT INTO events VALUES (3)");
            awaitRows(statement, "s", 1);
            assertThat(written("s")).containsExactlyInAnyOrder(List.of("1"), List.of("2"), List.of("3"));
            statement.execute("DROP SINK s");
            statement.execute("INSERT INTO events VALUES (4)");
            assertThat(Rows.of(statement, "SHOW SINKS")).isEmpty();
        });
        onServer(statement -> {
            assertThat(Rows.of(statement, "SHOW SINKS")).isEmpty();
            assertThat(written("s")).hasSize(3);
        });
    }
}
