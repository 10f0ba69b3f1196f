package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {
    private static final String GOOD = """
            statement ok
            CREATE STREAM s (a INT NOT NULL, t VARCHAR)

            statement count 2
            INSERT INTO s VALUES (1, 'x'), (2, NULL)

            query IT rowsort
            SELECT * FROM s
            ----
            1|x
            2|NULL

            query IT rowsort
            SELECT * FROM s
            ----
            4 values hashing to 1c4ccce205bb96ba27f0b57e59e652ef
            """;
    private static final String STEPS = """
            statement ok
            CREATE STREAM s (a INT NOT NULL)

            open q
            SELECT COUNT(*) FROM s WINDOW TUMBLE(1h)

            statement ok
            INSERT INTO s VALUES (1), (2)

            advance clock 2h

            expect q
            ----
            2

            close q
            """;

    @TempDir
    Path directory;

    private final CommandLineFixture millrace = new CommandLineFixture();

    @Test
    void eachFileRunsOnAnEmptyDatabase() throws IOException {
        write("a.slt", GOOD);
        write("b.test", GOOD.replace("\n", "\r\n"));
        write("steps.slt", STEPS);

        assertThat(run()).as(millrace.out()).isZero();
        assertThat(millrace.out())
                .contains("a.slt (4 records, ")
                .contains("b.test (4 records, ")
                .contains("3 files: 3 ok; 14 records: 14 ok; ");
    }

    @Test
    void aFailureIsShownWithItsPlaceAndDifference() throws IOException {
        Path file = write("a.slt", GOOD.replace("2|NULL", "2|y"));

        assertThat(run()).isEqualTo(1);
        assertThat(millrace.out())
                .startsWith("FAILED " + file + " (4 records, 1 failed, ")
                .contains(file + ":7: query IT rowsort\n    SELECT * FROM s\n")
                .contains("      1|x\n    - 2|y\n    + 2|NULL\n");
    }

    @Test
    void updateWritesTheResultsAnew() throws IOException {
        Path file = write("a.slt", GOOD.replace("2|NULL", "2|y") + "\n# the end");

        assertThat(millrace.run("test", "--update", file.toString())).isZero();
        assertThat(Files.readString(file)).isEqualTo(GOOD + "\n# the end");
        assertThat(millrace.out()).contains("4 records, 1 updated");
    }

    @Test
    void aLineRunsItsRecordWithWhatItNeeds() throws IOException {
        Path file = write("a.slt", GOOD.replace("2|NULL", "2|y"));

        assertThat(millrace.run("test", file + ":14")).as(millrace.out()).isZero();
        assertThat(millrace.run("test", file + ":8")).isEqualTo(1);
        assertThat(millrace.run("test", file + ":6")).isEqualTo(1);
        assertThat(millrace.out()).contains(file + ":6: there is no record in this line");
    }

    @Test
    void whatIsNotSupportedFailsUnlessAllowed() throws IOException {
        Path file = write("a.slt", """
                statement ok
                CREATE STREAM s (a INT)

                query I
                SELECT * FROM s TABLESAMPLE BERNOULLI(10)
                """);

        assertThat(millrace.run("test", file.toString())).isEqualTo(1);
        assertThat(millrace.out())
                .contains("2 records, 1 refused")
                .contains("0A000: ")
                .contains("with --allow-refused");
        assertThat(millrace.run("test", "--allow-refused", file.toString())).isZero();
    }

    @Test
    void aRunningServerIsLeftAsItWas() throws Exception {
        write("a.slt", GOOD);
        write("steps.slt", STEPS);
        try (Server server = Server.start(
                        ServerSettings.defaults(directory.resolve("data")).withPort(0));
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port())) {
            connection.createStatement().executeUpdate("CREATE STREAM mine (a INT)");

            assertThat(millrace.run("test", "--url", "127.0.0.1:" + server.port(), directory.toString()))
                    .as(millrace.out())
                    .isZero();

            assertThat(millrace.out())
                    .contains("steps.slt (line 10 moves time, which only a server started for the file allows)")
                    .contains("2 files: 1 ok, 1 skipped");
            assertThat(streams(connection)).containsExactly("mine");
        }
    }

    @Test
    void whatCannotBeRunIsAFailure() throws IOException {
        Path empty = write("empty.slt", "# nothing\n\nhash-threshold 8\n");
        assertThat(millrace.run("test", empty.toString())).isEqualTo(1);
        assertThat(millrace.out()).contains(empty + ":1: the file has no records");

        Path loop = write("loop.slt", "statement ok\nSELECT 1\n\nloop i 0 10\n");
        assertThat(millrace.run("test", loop.toString())).isEqualTo(1);
        assertThat(millrace.out()).contains(loop + ":4: record \"loop\" is not supported");

        assertThat(millrace.run("test", directory.resolve("none.slt").toString()))
                .isEqualTo(1);
        assertThat(millrace.err()).contains("none.slt: there is no such file or directory");
        assertThat(millrace.run(
                        "test", Files.createDirectory(directory.resolve("d")).toString()))
                .isEqualTo(1);
        assertThat(millrace.err()).contains("there is no .slt or .test file below it");
    }

    private int run() {
        return millrace.run("test", directory.toString());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static List<String> streams(Connection connection) throws Exception {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = connection.getMetaData().getTables(null, "public", "%", null)) {
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
        }
        return names;
    }
}
