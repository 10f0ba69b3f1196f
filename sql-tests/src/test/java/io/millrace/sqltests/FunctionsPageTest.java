package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.ManualClock;
import io.millrace.planner.FunctionCatalog;
import io.millrace.planner.FunctionDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types the examples of {@code docs/functions.md}, and looks for each function there. */
@Timeout(120)
class FunctionsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "functions.md");
    private static final Timestamp START = Timestamp.valueOf("2026-01-01 00:00:00");
    /** The cells of a row of a table; a bar inside of one has a backslash before it. */
    private static final Pattern CELLS = Pattern.compile("\\| (.*?) \\| (.*?) \\| `(.*?)` \\| `(.*?)` \\|");

    private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_]*)");

    /** A row of a table. */
    private record Example(String functions, String expression, String result) {
        String sql() {
            return expression.startsWith("SELECT ") ? expression : "SELECT " + expression;
        }
    }

    @Test
    void everyExampleGivesItsResult(@TempDir Path data) throws Exception {
        List<String> expected = new ArrayList<>();
        List<String> actual = new ArrayList<>();
        try (LocalServer server = new LocalServer(data, new ManualClock(START.getTime() * 1_000));
                Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            for (Example example : examples()) {
                expected.add(example.expression() + " → [" + example.result() + "]");
                actual.add(example.expression() + " → " + result(statement, example));
            }
        }
        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(100);
    }

    private static String result(Statement statement, Example example) {
        try {
            return Rows.of(statement, example.sql()).toString();
        } catch (SQLException failure) {
            return failure.getMessage();
        }
    }

    @Test
    void everyFunctionIsOnThePage() throws IOException {
        Set<String> documented = new HashSet<>();
        for (Example example : examples()) {
            Matcher names = NAME.matcher(example.functions());
            while (names.find()) {
                documented.add(names.group(1));
            }
        }
        List<String> missing = FunctionCatalog.functions().stream()
                .filter(function -> function.kind() != FunctionDescription.Kind.TABLE)
                .map(FunctionDescription::name)
                .filter(name -> !documented.contains(name))
                .toList();
        assertThat(missing).isEmpty();
        List<String> known = FunctionCatalog.functions().stream()
                .map(FunctionDescription::name)
                .toList();
        assertThat(known).containsAll(documented);
    }

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher cells = CELLS.matcher(line);
            if (cells.matches()) {
                examples.add(new Example(
                        cells.group(1),
                        cells.group(3).replace("\\|", "|"),
                        cells.group(4).replace("\\|", "|")));
            }
        }
        return examples;
    }
}
