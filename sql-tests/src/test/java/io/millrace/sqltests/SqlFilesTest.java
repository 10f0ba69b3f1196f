package io.millrace.sqltests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code src/test/resources/sql/<feature>/*.slt}, each on a server of its own. {@code -Dmillrace.sql=file.slt} runs
 * the files whose path ends like this; {@code -Dmillrace.sql=file.slt:12} runs one up to the record of line 12.
 */
class SqlFilesTest {
    private static final Path FILES = Path.of("src", "test", "resources", "sql");
    private static final Timestamp START = Timestamp.valueOf("2026-01-01 00:00:00");
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final String[] CHOICE =
            System.getProperty("millrace.sql", "").split(":");

    @TempDir
    Path data;

    @TestFactory
    List<DynamicNode> files() throws IOException {
        try (Stream<Path> features = Files.list(FILES)) {
            return features.sorted().<DynamicNode>map(this::feature).toList();
        }
    }

    private DynamicNode feature(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<DynamicTest> tests = files.filter(file -> file.toString().endsWith(CHOICE[0]))
                    .sorted()
                    .map(this::file)
                    .toList();
            return DynamicContainer.dynamicContainer(folder.getFileName().toString(), tests);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private DynamicTest file(Path file) {
        return DynamicTest.dynamicTest(
                file.getFileName().toString(),
                file.toUri(),
                () -> assertTimeoutPreemptively(DEADLINE, () -> run(file), file.toString()));
    }

    private void run(Path file) throws Exception {
        List<SqlTestRecord> records = SqlTestParser.parse(Files.readAllLines(file));
        int last = CHOICE.length > 1 ? Integer.parseInt(CHOICE[1]) : Integer.MAX_VALUE;
        ManualClock clock = new ManualClock(Rows.micros(START));
        Path directory = data.resolve(FILES.relativize(file).toString());
        Files.createDirectories(directory);
        try (Server server = Server.start(ServerSettings.defaults(directory).withPort(0), clock);
                SqlTestRunner runner = new SqlTestRunner(clock, "jdbc:millrace://127.0.0.1:" + server.port())) {
            assertAll(records.stream()
                    .filter(record -> record.line() <= last)
                    .map(record -> () -> run(file, record, runner)));
        }
    }

    private static void run(Path file, SqlTestRecord record, SqlTestRunner runner) {
        try {
            runner.run(record);
        } catch (Exception | AssertionError failure) {
            String text = file + ":" + record.line() + ": " + record.keyword() + " " + record.arguments() + "\n"
                    + record.sql() + "\n" + failure.getMessage();
            throw new AssertionError(text, failure);
        }
    }
}
