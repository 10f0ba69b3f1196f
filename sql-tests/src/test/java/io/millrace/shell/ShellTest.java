package io.millrace.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell on a terminal without a screen, typed into by the test. */
class ShellTest {
    private static final long DEADLINE_SECONDS = 30;

    @TempDir
    Path directory;

    private final Screen screen = new Screen();
    private final PipedOutputStream keys = new PipedOutputStream();

    private Server server;
    private Connection connection;
    private Terminal terminal;
    private CompletableFuture<Void> shell;

    /** What was printed; waits for more. */
    private static final class Screen extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            notifyAll();
        }

        synchronized void await(String text) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (!toString(StandardCharsets.UTF_8).contains(text)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(left).as("\"" + text + "\" in\n" + this).isPositive();
                wait(left);
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = Server.start(ServerSettings.defaults(directory.resolve("data")).withPort(0));
        connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE STREAM pets (id INT NOT NULL, \"a name\" VARCHAR)");
            statement.executeUpdate("INSERT INTO pets VALUES (7, 'cat')");
        }
        terminal = new DumbTerminal("test", "dumb", new PipedInputStream(keys), screen, StandardCharsets.UTF_8);
        Shell opened = new Shell(terminal, connection, new ShellSettings(OutputFormat.TABLE, 0));
        shell = CompletableFuture.runAsync(
                () -> {
                    try (opened) {
                        opened.run(directory.resolve("history"));
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                task -> new Thread(task, "shell").start());
    }

    @AfterEach
    void end() throws Exception {
        keys.close();
        shell.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        connection.close();
        server.close();
    }

    @Test
    void anInterruptEndsTheQueryAndNotTheShell() throws Exception {
        type("SELECT STREAM id, 'row' FROM pets SINCE BEGINNING;");
        screen.await("7 | row");
        terminal.raise(Terminal.Signal.INT);
        screen.await("(1 row, cancelled)");

        type("SELECT 40 +", "2 AS answer;");
        screen.await("42");
        screen.await("(1 row)");
        type("SHOW QUERIES;");
        screen.await("(0 rows)");

        type("\\q");
        shell.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(Files.readAllLines(directory.resolve("history"))).contains("SELECT 40 +\\n2 AS answer;");
    }

    @Test
    void anErrorShowsItsPlaceAndTheShellGoesOn() throws Exception {
        type("SELECT id,", " nothere FROM pets;");
        screen.await("LINE 2:  nothere FROM pets\n         ^");

        type("INSERT INTO pets VALUES (8, 'dog'), (9, NULL);");
        screen.await("(2 rows changed)");
    }

    @Test
    void commandsAreForTheShell() throws Exception {
        type("\\d");
        screen.await(" pets | stream");
        type("\\d pets");
        screen.await(" id      | INTEGER");
        type("\\x on", "SELECT * FROM pets;");
        screen.await("a name | cat");
        type("\\x off", "\\format json", "SELECT * FROM pets;");
        screen.await("{\"id\":7,\"a name\":\"cat\"}");
        type("\\nothing");
        screen.await("unknown command \\nothing; \\? lists all");
        type("\\maxrows 2", "SELECT id FROM (VALUES (1), (2), (3)) AS t (id);");
        screen.await("(2 rows)");
        Files.writeString(directory.resolve("file.sql"), "SELECT 'from the file' AS t");
        type("\\i " + directory.resolve("file.sql"));
        screen.await("{\"t\":\"from the file\"}");
    }

    @Test
    void namesAreProposedWhereTheyFit() throws Exception {
        SqlCompleter completer = new SqlCompleter(new NameCatalog(connection));

        assertThat(proposals(completer, "SELECT * FROM p")).containsExactly("pets");
        assertThat(proposals(completer, "SELECT p.")).isEmpty();
        assertThat(completer.proposals("SELECT p.", "SELECT p. FROM pets AS p", "p."))
                .containsExactly("p.id", "p.\"a name\"");
        assertThat(completer.proposals("SELECT i", "SELECT i FROM pets", "i")).contains("id", "\"a name\"", "in");
        assertThat(proposals(completer, "SEL")).contains("SELECT", "WATERMARK", "ABS");
        assertThat(proposals(completer, "\\d p")).containsExactly("pets");
        assertThat(proposals(completer, "\\t")).contains("\\timing");
    }

    private static List<String> proposals(SqlCompleter completer, String text) throws Exception {
        return completer.proposals(text, text, text.substring(text.lastIndexOf(' ') + 1));
    }

    private void type(String... lines) throws Exception {
        for (String line : lines) {
            keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        keys.flush();
    }
}
