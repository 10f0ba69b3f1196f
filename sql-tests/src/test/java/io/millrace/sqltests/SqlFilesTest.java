package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.server.TemporaryServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs {@code src/test/resources/sql/<feature>/*.slt} as {@code millrace test} does, but for the types of columns, which
 * are always checked. {@code -Dmillrace.sql=file.slt} runs the files whose path ends like this, {@code
 * -Dmillrace.sql=file.slt:12} the record of line 12 with what it needs.
 */
class SqlFilesTest {
    private static final Path FILES = Path.of("src", "test", "resources", "sql");
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final String[] CHOICE =
            System.getProperty("millrace.sql", "").split(":");
    private static final TestOptions OPTIONS =
            new TestOptions(ResultMode.ROWWISE, Duration.ofSeconds(60), false, false, Integer.MAX_VALUE);

    @TestFactory
    List<DynamicNode> files() throws IOException {
        try (Stream<Path> features = Files.list(FILES)) {
            return features.sorted().<DynamicNode>map(SqlFilesTest::feature).toList();
        }
    }

    private static DynamicNode feature(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<DynamicTest> tests = files.filter(file -> file.toString().endsWith(CHOICE[0]))
                    .sorted()
                    .map(SqlFilesTest::file)
                    .toList();
            return DynamicContainer.dynamicContainer(folder.getFileName().toString(), tests);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static DynamicTest file(Path file) {
        return DynamicTest.dynamicTest(
                file.getFileName().toString(),
                file.toUri(),
                () -> assertTimeoutPreemptively(DEADLINE, () -> run(file), file.toString()));
    }

    private static void run(Path file) throws Exception {
        int line = CHOICE.length > 1 ? Integer.parseInt(CHOICE[1]) : 0;
        StringWriter text = new StringWriter();
        boolean good = new SqlTests(OPTIONS, TemporaryServer.databases())
                .run(List.of(new TestFile(file, line)), new ReportPrinter(OPTIONS, new PrintWriter(text)));
        assertThat(good).as(text.toString()).isTrue();
    }
}
