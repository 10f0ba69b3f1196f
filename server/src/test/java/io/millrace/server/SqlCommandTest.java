package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlCommandTest {
    @TempDir
    static Path data;

    private static Server server;

    @TempDir
    Path directory;

    private final CommandLineFixture millrace = new CommandLineFixture();

    @BeforeAll
    static void start() {
        server = Server.start(ServerSettings.defaults(data).withPort(0));
        new CommandLineFixture()
                .run(
                        "sql",
                        address(),
                        "-e",
                        "CREATE STREAM s (a INT, b VARCHAR); INSERT INTO s VALUES (1, 'x;y'), (20, NULL), (300, '')");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void statementsOfTheCommandLineAreRunInOrder() {
        assertThat(run("-e", "SELECT 1 AS x; SELECT 2 AS y", "-e", "SELECT 3 AS z"))
                .isZero();
        assertThat(millrace.out().lines()).containsExactly(" x", "---", " 1", " y", "---", " 2", " z", "---", " 3");
        assertThat(millrace.err()).isEmpty();
    }

    @Test
    void aTableIsAligned() {
        assertThat(run("-e", "SELECT * FROM s")).isZero();
        assertThat(millrace.out()).isEqualTo("""
                   a | b
                -----+------
                   1 | x;y
                  20 | NULL
                 300 |
                """);
    }

    @Test
    void rowsMayBeCsvOrJson() {
        assertThat(run("--format", "csv", "-e", "SELECT * FROM s")).isZero();
        assertThat(millrace.out()).isEqualTo("a,b\r\n1,x;y\r\n20,\r\n300,\"\"\r\n");

        CommandLineFixture json = new CommandLineFixture();
        assertThat(json.run("sql", address(), "--format", "json", "-e", "SELECT * FROM s WHERE a > 1"))
                .isZero();
        assertThat(json.out()).isEqualTo("{\"a\":20,\"b\":null}\n{\"a\":300,\"b\":\"\"}\n");
    }

    @Test
    void theFirstErrorEndsAScriptAndHasItsPlaceInTheFile() throws IOException {
        Path file = directory.resolve("queries.sql");
        Files.writeString(file, "-- two; statements\nSELECT 1 AS x;\n\n  SELECT a,\n    c FROM s;\nSELECT 3 AS z;\n");

        assertThat(run("-f", file.toString())).isEqualTo(1);
        assertThat(millrace.out()).isEqualTo(" x\n---\n 1\n");
        assertThat(millrace.err())
                .startsWith(file + ":5:5: ERROR 42703: column \"c\" does not exist\n"
                        + "LINE 2:     c FROM s\n            ^\n");
    }

    @Test
    void withoutATerminalStatementsComeFromTheInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("SELECT 'é' AS t;\nSELECT nothere".getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run()).isEqualTo(1);
        } finally {
            System.setIn(before);
        }
        assertThat(millrace.out()).isEqualTo(" t\n---\n é\n");
        assertThat(millrace.err()).startsWith("stdin:2:8: ERROR 42703: ");
    }

    @Test
    void aContinuousQueryEndsAfterSoManyRows() {
        assertThat(run("--max-rows", "2", "--format", "csv", "-e", "SELECT STREAM a FROM s SINCE BEGINNING"))
                .isZero();
        assertThat(millrace.out()).isEqualTo("a\r\n1\r\n20\r\n");
    }

    @Test
    void aServerThatIsNotThereIsOneLine() {
        assertThat(millrace.run("sql", "127.0.0.1:1", "-e", "SELECT 1")).isEqualTo(1);
        assertThat(millrace.err().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("millrace: cannot connect to 127.0.0.1:1");
    }

    @Test
    void whatCannotBeRunIsOneLine() {
        assertThat(run("-f", directory.resolve("none.sql").toString())).isEqualTo(1);
        assertThat(millrace.err()).isEqualTo("millrace: there is no file " + directory.resolve("none.sql") + "\n");
        assertThat(run("--max-rows", "-1", "-e", "SELECT 1")).isEqualTo(2);
        assertThat(run("--format", "xml", "-e", "SELECT 1")).isEqualTo(2);
    }

    private static String address() {
        return "127.0.0.1:" + server.port();
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "sql";
        all[1] = address();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return millrace.run(all);
    }
}
