package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that are trimmed under views, queries and subscriptions. A copy of the data directory is what a crash leaves. */
@Timeout(300)
class RetentionTest {
    private static final int ROWS = 60;
    private static final String VIEW = "SELECT COUNT(*) AS n, SUM(id) AS total, MIN(id) AS least FROM s";

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock(1_767_225_600_000_000L);
    private Server server;
    private Connection connection;
    private Statement statement;
    private long written;
    private int copies;

    @BeforeEach
    void begin() throws SQLException {
        open(directory.resolve("data"));
    }

    @AfterEach
    void end() throws SQLException {
        connection.close();
        server.close();
    }

    private void open(Path data) throws SQLException {
        open(data, "10s");
    }

    private void open(Path data, String checkpoints) throws SQLException {
        ServerSettings settings = ServerSettings.defaults(data)
                .with("checkpoint.interval", checkpoints)
                .with("connector.file.roots", directory.toString());
        server = Server.start(settings.withPort(0), clock);
        connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
        statement = connection.createStatement();
    }

    private void reopen(Path data) throws SQLException {
        connection.close();
        server.close();
        open(data);
    }

    private String row(String query) throws SQLException {
        return String.join("\n", Rows.of(statement, query));
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(row(query));
    }

    /** Rows of about a kilobyte each. */
    private void write(int inserts) throws SQLException {
        for (int i = 0; i < inserts; i++) {
            StringBuilder sql = new StringBuilder("INSERT INTO s VALUES ");
            for (int row = 0; row < ROWS; row++) {
                sql.append(row == 0 ? "(" : ", (")
                        .append(written++)
                        .append(", '")
                        .append("x".repeat(1_000))
                        .append("')");
            }
            statement.execute(sql.toString());
        }
    }

    private String all() {
        return written + "|" + written * (written - 1) / 2 + "|0";
    }

    private long trimmed() throws SQLException {
        return number("SELECT trimmed_rows FROM sys.streams WHERE name = 's'");
    }

    /** Time passes until more rows have been trimmed, and deleted. */
    private void awaitTrim() throws SQLException, IOException {
        long before = trimmed();
        int first = firstGenerations();
        while (trimmed() == before || firstGenerations() <= first) {
            write(1);
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
    }

    /** The numbers of the oldest generations that are there, of all logs together. */
    private int firstGenerations() throws IOException {
        Map<Path, Integer> first = new HashMap<>();
        try (Stream<Path> files = Files.walk(directory.resolve("data/streams"), 2)) {
            files.filter(file -> file.getFileName().toString().matches("generation-\\d+"))
                    .forEach(file -> first.merge(
                            file.getParent(),
                            Integer.valueOf(file.getFileName().toString().substring("generation-".length())),
                            Math::min));
        } catch (UncheckedIOException deleted) {
            return 0; // one of them has just gone: it is asked again
        }
        return first.values().stream().mapToInt(Integer::intValue).sum();
    }

    private long generations() throws IOException {
        while (true) {
            try (Stream<Path> files = Files.walk(directory.resolve("data/streams"), 2)) {
                return files.filter(file -> file.getFileName().toString().matches("generation-\\d+"))
                        .count();
            } catch (UncheckedIOException deleted) {
                // one of them has just gone: all are counted anew
            }
        }
    }

    /** All files, as they are at one moment: what is deleted meanwhile has it begin anew. */
    private Path copy() throws IOException {
        Path data = directory.resolve("data");
        while (true) {
            Path copy = directory.resolve("copy" + ++copies);
            try {
                List<String> before = listing(data);
                for (String file : before) {
                    Path from = data.resolve(file);
                    if (Files.isDirectory(from)) {
                        Files.createDirectories(copy.resolve(file));
                    } else {
                        Files.copy(from, copy.resolve(file), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
                if (listing(data).equals(before)) {
                    return copy;
                }
            } catch (NoSuchFileException | UncheckedIOException deleted) {
                // all are copied anew
            }
        }
    }

    private static List<String> listing(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.map(file -> data.relativize(file).toString()).sorted().toList();
        }
    }

    /** The newest first. */
    private static List<Path> checkpoints(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("checkpoints"))) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private void createAndTrim() throws SQLException, IOException {
        statement.execute("CREATE STREAM s (id BIGINT, pad VARCHAR) WITH (retention_size = '512KiB')");
        statement.execute("CREATE MATERIALIZED VIEW v AS " + VIEW);
        write(20);
        awaitTrim();
    }

    @Test
    void aStreamGetsAnotherRetentionWhileItIsWritten() throws Exception {
        statement.execute("CREATE STREAM s (id BIGINT, text VARCHAR)");
        write(3);
        statement.execute("ALTER STREAM s SET (retention_size = '1MiB')");
        awaitTrim(); // what came before the change, too
        reopen(directory.resolve("data"));
        awaitTrim();

        statement.execute("ALTER STREAM s RESET (retention_size)");
        reopen(directory.resolve("data")); // what had gone and was not deleted yet is there again
        long before = trimmed();
        long left = number("SELECT COUNT(*) FROM s");
        long since = written;
        for (int i = 0; i < 40; i++) {
            write(1);
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
        assertThat(trimmed()).isEqualTo(before);
        assertThat(number("SELECT COUNT(*) FROM s")).isEqualTo(left + written - since);
        connection.close();
        server.close();
        Files.delete(directory.resolve("data/streams/1/manifest"));
        open(directory.resolve("data")); // that it begins with a later block is no damage
        assertThat(number("SELECT COUNT(*) FROM s")).isEqualTo(left + written - since);
    }

    @Test
    void aViewKeepsWhatItsStreamDoesNot() throws Exception {
        createAndTrim();
        assertThat(row("SELECT * FROM v")).isEqualTo(all());
        long first = trimmed();
        // each in one statement: the stream may be trimmed once more at any moment
        assertThat(number("SELECT COUNT(*) + MIN(id) FROM s")).isEqualTo(written);
        assertThat(number("SELECT MIN(id) FROM s")).isGreaterThanOrEqualTo(first);
        assertThat(number("SELECT row_count + trimmed_rows FROM sys.streams WHERE name = 's'"))
                .isEqualTo(written);
        assertThat(number("SELECT byte_count FROM sys.streams WHERE name = 's'"))
                .isLessThan(1 << 20);

        for (int run = 0; run < 2; run++) {
            reopen(copy());
            assertThat(row("SELECT * FROM v")).isEqualTo(all());
            assertThat(trimmed()).isGreaterThanOrEqualTo(first / 2);
        }
        write(2);
        assertThat(row("SELECT * FROM v")).isEqualTo(all());
    }

    @Test
    void aDamagedCheckpointLeavesTheOneBefore() throws Exception {
        createAndTrim();
        Path data = copy();
        Files.write(checkpoints(data).get(0), new byte[] {1});
        reopen(data);
        assertThat(row("SELECT * FROM v")).isEqualTo(all());
    }

    @Test
    void aViewWhoseCheckpointsAreLostIsOutOfUse() throws Exception {
        createAndTrim();
        Path data = copy();
        for (Path checkpoint : checkpoints(data)) {
            Files.delete(checkpoint);
        }
        reopen(data);
        assertThatThrownBy(() -> row("SELECT * FROM v"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("72000"))
                .hasMessageContaining(
                        "materialized view \"v\" is out of use: no checkpoint has its rows, and stream \"s\" has"
                                + " been trimmed since it was created")
                .hasMessageContaining("CREATE OR REPLACE MATERIALIZED VIEW");
        long kept = number("SELECT COUNT(*) FROM s");
        assertThat(kept).isLessThan(written);
        statement.execute("CREATE OR REPLACE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s");
        assertThat(number("SELECT n FROM v")).isEqualTo(kept);
    }

    @Test
    void whatIsNotKeptCannotBeFollowed() throws Exception {
        createAndTrim();
        awaitTrim();
        while (number("SELECT COUNT(*) FROM s WHERE rowtime <= TIMESTAMP '2026-01-01 00:00:01'") > 0) {
            write(1);
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
        awaitTrim(); // until those have been deleted, too
        reopen(copy()); // what is in memory could be followed
        assertTrimmed("SUBSCRIBE v SINCE AFTER POSITION 2", "after position 2 are not kept any more");
        assertTrimmed("SUBSCRIBE v SINCE AFTER POSITION 2", "the oldest position to go on after is ");
        assertTrimmed("SUBSCRIBE (SELECT COUNT(*) FROM s) SINCE AFTER POSITION 2", "has been trimmed");
        assertTrimmed("SUBSCRIBE (SELECT id FROM s) SINCE AFTER POSITION 2", "the oldest position to go on after is ");
        assertTrimmed("SELECT STREAM id FROM s SINCE AFTER POSITION 2", "the oldest position to go on after is ");
        assertTrimmed(
                "SELECT STREAM id FROM s SINCE TIMESTAMP '2026-01-01 00:00:01'",
                "stream \"s\" does not go back to 2026-01-01T00:00:01Z: it is kept since 2026-01-01T00:");
        long before = trimmed();
        assertThat(number("SELECT STREAM id FROM s LIMIT 1 SINCE BEGINNING")).isBetween(before, trimmed());
        assertThat(row("SELECT n FROM v")).isEqualTo(written + "");
    }

    private void assertTrimmed(String sql, String message) {
        assertThatThrownBy(() -> row(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("72000"))
                .hasMessageContaining(message);
    }

    @Test
    void aViewThatNoCheckpointHasHoldsItsStreamsBack() throws Exception {
        connection.close();
        server.close();
        open(directory.resolve("data"), "10000d");
        statement.execute("CREATE STREAM s (id BIGINT, pad VARCHAR) WITH (retention_size = '512KiB')");
        write(10);
        statement.execute("CREATE MATERIALIZED VIEW v AS " + VIEW);
        write(20);
        while (Rows.of(statement, "SELECT held_back FROM sys.streams WHERE name = 's' AND held_back IS NOT NULL")
                .isEmpty()) {
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
        assertThat(row("SELECT held_back FROM sys.streams WHERE name = 's'"))
                .isEqualTo("view \"v\" is not in two checkpoints yet");
        assertThat(trimmed()).isZero();
        statement.execute("DROP MATERIALIZED VIEW v");
        awaitTrim();
    }

    @Test
    void whatIsOlderThanTheTimeGoesAlsoFromASilentStream() throws Exception {
        statement.execute("CREATE STREAM s (id BIGINT, pad VARCHAR) WITH (retention = '1h')");
        write(2);
        clock.advance(Duration.ofMinutes(30).toNanos() / 1_000);
        write(1);
        assertThat(number("SELECT COUNT(*) FROM s")).isEqualTo(3 * ROWS);
        clock.advance(Duration.ofMinutes(35).toNanos() / 1_000);
        while (number("SELECT COUNT(*) FROM s") == 3 * ROWS) {
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
        assertThat(row("SELECT COUNT(*), MIN(id) FROM s")).isEqualTo(ROWS + "|" + 2 * ROWS);
        clock.advance(Duration.ofHours(2).toNanos() / 1_000);
        while (number("SELECT COUNT(*) FROM s") > 0 || generations() > 2) { // of the catalog, and of the stream
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
        assertThat(trimmed()).isEqualTo(3 * ROWS);
        reopen(directory.resolve("data"));
        write(1);
        assertThat(row("SELECT COUNT(*), MIN(id) FROM s")).isEqualTo(ROWS + "|" + 3 * ROWS);
    }

    @Test
    void aTransactionReadsTheSameRowsWhileTheirStreamIsTrimmed() throws Exception {
        createAndTrim();
        try (Connection other = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement reading = other.createStatement()) {
            other.setReadOnly(true);
            other.setAutoCommit(false);
            List<String> before = Rows.of(reading, "SELECT COUNT(*), MIN(id) FROM s");
            long first = trimmed();
            for (int i = 0; i < 5 || trimmed() == first; i++) {
                write(5);
                clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
            }
            assertThat(Rows.of(reading, "SELECT COUNT(*), MIN(id) FROM s")).isEqualTo(before);
        }
        awaitTrim();
    }

    @Test
    void aSinkWithNothingToWriteHoldsNothingBack() throws Exception {
        statement.execute("CREATE STREAM q (id BIGINT)");
        statement.execute("CREATE MATERIALIZED VIEW w AS SELECT id % 2 AS k, COUNT(*) AS n FROM q GROUP BY id % 2");
        statement.execute("CREATE SINK ids INTO (connector = 'file', path = 'k', format = 'csv') AS SELECT id FROM q");
        statement.execute("CREATE SINK counts INTO (connector = 'file', path = 'w', format = 'csv', envelope = 'true')"
                + " AS SELECT * FROM w");
        statement.execute("INSERT INTO q VALUES (1), (2), (3)");
        while (SinkFiles.rows(SinkFiles.of(directory.resolve("k"))).size() < 3
                || SinkFiles.rows(SinkFiles.of(directory.resolve("w"))).size() < 2) {
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
        createAndTrim(); // there are checkpoints before v, and both sinks wrote last before them
        awaitTrim();
        reopen(copy());
        for (long before = trimmed(); trimmed() == before; ) {
            write(1);
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
        assertThat(row("SELECT * FROM v")).isEqualTo(all());
        statement.execute("INSERT INTO q VALUES (4)");
        while (SinkFiles.rows(SinkFiles.of(directory.resolve("k"))).size() < 4
                || SinkFiles.rows(SinkFiles.of(directory.resolve("w"))).size() < 4) {
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
        assertThat(SinkFiles.rows(SinkFiles.of(directory.resolve("k"))))
                .extracting(line -> line.get(0))
                .containsExactly("1", "2", "3", "4");
        assertThat(SinkFiles.rows(SinkFiles.of(directory.resolve("w"))))
                .extracting(line -> String.join(",", line.subList(line.size() - 2, line.size())))
                .containsExactlyInAnyOrder("0,1", "1,2", "0,1", "0,2");
    }

    @Test
    void aSinkGoesOnWhereItWas() throws Exception {
        statement.execute("CREATE STREAM s (id BIGINT, pad VARCHAR) WITH (retention_size = '512KiB')");
        statement.execute("CREATE MATERIALIZED VIEW v AS SELECT id FROM s");
        statement.execute("CREATE SINK k INTO (connector = 'file', path = 'k', format = 'csv') AS SELECT * FROM v");
        write(20);
        awaitTrim();
        for (int run = 0; run < 2; run++) {
            reopen(directory.resolve("data"));
            write(3);
        }
        Path files = directory.resolve("k");
        while (SinkFiles.rows(SinkFiles.of(files)).size() < written) {
            clock.advance(Duration.ofSeconds(11).toNanos() / 1_000);
        }
        assertThat(SinkFiles.rows(SinkFiles.of(files))).hasSize((int) written).doesNotHaveDuplicates();
    }
}
