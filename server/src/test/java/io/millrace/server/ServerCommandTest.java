package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServerCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int execute(String... arguments) {
        return new CommandLine(new ServerCommand())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }

    private String file(String text) throws IOException {
        return Files.writeString(directory.resolve("millrace.properties"), text).toString();
    }

    @Test
    void theCommandLineGoesBeforeTheFileAndTheFileBeforeTheDefaults() throws IOException {
        String file = file("server.port = 9001\nserver.host = 0.0.0.0\nquery.timeout = 2m\n");
        int code = execute(
                "--config",
                file,
                "--port",
                "9002",
                "--set",
                "query.timeout=3m",
                "--set=limits.poll=2s",
                "--print-config");
        assertThat(errors.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(output.toString())
                .contains("# from --port\nserver.port = 9002\n")
                .contains("# from " + file + "\nserver.host = 0.0.0.0\n")
                .contains("# from --set\nquery.timeout = 3m\n")
                .contains("# from --set\nlimits.poll = 2s\n")
                .contains("default: true\ndata.sync = true\n");
    }

    @Test
    void settingsHaveShortOptionsWhereUsersTypeThem() {
        CommandLineFixture millrace = new CommandLineFixture();
        assertThat(millrace.run("server", "--port", "9002", "--print-config")).isZero();
        assertThat(millrace.out()).contains("# from --port\nserver.port = 9002\n");
    }

    @Test
    void anUnknownCommandIsToldOnesThatLookLikeIt() {
        CommandLineFixture millrace = new CommandLineFixture();
        assertThat(millrace.run("serve")).isEqualTo(2);
        assertThat(millrace.err()).contains("Did you mean: millrace server");
    }

    @Test
    void whatIsPrintedIsAFileThatGivesTheSame() throws IOException {
        assertThat(execute("--data", "some where", "--min-free", "1GiB", "--print-config"))
                .isZero();
        String first = output.toString();
        output.getBuffer().setLength(0);
        String file = file(first);
        assertThat(execute("--config", file, "--print-config")).isZero();
        assertThat(withoutSources(output.toString())).isEqualTo(withoutSources(first));
    }

    private static String withoutSources(String text) {
        return text.replaceAll("(?m)^# from .*\n", "");
    }

    @Test
    void anUnknownKeyEndsItWithTheNearestOne() throws IOException {
        String file = file("server.prot = 9001\n");
        assertThat(execute("--config", file)).isEqualTo(2);
        assertThat(errors.toString())
                .isEqualTo("millrace: " + file
                        + ": unknown setting \"server.prot\"; the nearest known one is server.port\n");
    }

    @Test
    void aWrongValueEndsItWithWhatIsExpected() {
        assertThat(execute("--port", "70000")).isEqualTo(2);
        assertThat(errors.toString())
                .isEqualTo("millrace: --port: wrong value \"70000\" for server.port;"
                        + " expected a whole number from 0 to 65535\n");
    }

    @Test
    void settingsThatContradictEachOtherEndIt() {
        assertThat(execute("--query-memory", "2GiB", "--set", "query.total-memory=1GiB"))
                .isEqualTo(2);
        assertThat(errors.toString())
                .isEqualTo("millrace: query.total-memory (1GiB) is less than query.memory (2GiB)\n");
    }

    @Test
    void aMissingFileEndsIt() {
        String file = directory.resolve("none").toString();
        assertThat(execute("--config", file)).isEqualTo(2);
        assertThat(errors.toString()).isEqualTo("millrace: there is no file " + file + "\n");
    }

    @Test
    void helpTellsTheKeyAndTheDefaultOfEachOption() {
        assertThat(execute("--help")).isZero();
        assertThat(output.toString().replaceAll("\\s+", " "))
                .contains("--port=NUMBER the port to listen on; 0 for any free one (server.port, default: 8765)")
                .contains("(query.memory, default: 25%)");
    }
}
