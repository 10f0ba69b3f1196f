package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sqlline.SqlLine;

/** sqlline, which asks for all the metadata that there is. */
@Timeout(120)
class SqllineTest {
    private ClientServer millrace;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        millrace = new ClientServer(data);
    }

    @AfterEach
    void stop() throws Exception {
        millrace.close();
    }

    /** Runs it as a program with libraries of its own, which must not meet those of the tests. */
    private String run(String... lines) throws Exception {
        String program = SqlLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        String others = Stream.of(classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains("sqlline") && !entry.contains("jline"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-cp",
                        program + File.pathSeparator + others,
                        "sqlline.SqlLine",
                        "-d",
                        "io.millrace.jdbc.MillraceDriver",
                        "-u",
                        millrace.url(),
                        "-n",
                        "",
                        "-p",
                        "",
                        "--incremental=true",
                        "--maxWidth=400",
                        "--outputFormat=csv",
                        "--silent=true")
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write((String.join("\n", lines) + "\n!quit\n").getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** Surefire may hide it in a manifest. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @Test
    void insertsAndReads() throws Exception {
        assertThat(run(
                        "INSERT INTO events (id, name, price) VALUES (1, 'a', 1.5), (2, NULL, 2);",
                        "SELECT id, name, price FROM events ORDER BY id;"))
                .contains("'id','name','price'", "'1','a','1.50'", "'2','','2.00'");
    }

    @Test
    void changesATable() throws Exception {
        assertThat(run(
                        "CREATE TABLE stock (item VARCHAR PRIMARY KEY, n INTEGER);",
                        "INSERT INTO stock VALUES ('bolt', 5), ('nut', 7);",
                        "UPDATE stock SET n = n + 1;",
                        "DELETE FROM stock WHERE n = 8;",
                        "SELECT * FROM stock;",
                        "!primarykeys stock",
                        "!tables"))
                .contains("'item','n'", "'bolt','6'", "'stock','item'", "'TABLE'")
                .doesNotContain("'nut'", "rror");
    }

    @Test
    void readsAContinuousQuery() throws Exception {
        millrace.feed(1, 2);
        assertThat(run("SELECT STREAM id FROM events LIMIT 2 SINCE BEGINNING;")).contains("'1'", "'2'");
        millrace.server.awaitRunningQueries(0);
    }

    @Test
    void listsWhatThereIs() throws Exception {
        assertThat(run(
                        "!tables",
                        "!columns events",
                        "!describe events",
                        "!schemas",
                        "!primarykeys events",
                        "!indexes events",
                        "!importedkeys events",
                        "!exportedkeys events",
                        "!typeinfo",
                        "!procedures",
                        "!isolation TRANSACTION_SERIALIZABLE"))
                .contains("events", "STREAM", "price", "DECIMAL", "VARCHAR", "public", "BIGINT")
                .doesNotContain("Error");
    }

    @Test
    void asksForEveryProperty() throws Exception {
        assertThat(run("!dbinfo"))
                .contains("Millrace")
                .contains("supportsTransactions")
                .doesNotContain("Exception")
                .doesNotContain("rror");
    }
}
