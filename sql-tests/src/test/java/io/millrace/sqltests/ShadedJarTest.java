package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The driver as strangers get it: one file. The jar is there after the phase package: {@code mvn verify} runs this. */
@Timeout(60)
class ShadedJarTest {
    private static final Pattern OWN = Pattern.compile("(io/millrace/jdbc|org/apache/calcite/avatica|META-INF)(/.*)?");

    private final Path root = Path.of("..").toAbsolutePath().normalize();
    private final Path jar = root.resolve("jdbc-driver/target/millrace-jdbc.jar");

    @Test
    void runsTheExampleInABareJvm(@TempDir Path data) throws Exception {
        try (LocalServer server = new LocalServer(data)) {
            assertThat(example(server, "CREATE STREAM events (n INTEGER, name VARCHAR)"))
                    .isEqualTo("0 rows\n");
            assertThat(example(server, "INSERT INTO events VALUES (1, 'añ'), (2, NULL)"))
                    .isEqualTo("2 rows\n");
            assertThat(example(server, "SELECT STREAM n, name FROM events LIMIT 2 SINCE BEGINNING"))
                    .isEqualTo("1|añ\n2|null\n");
        }
    }

    private String example(LocalServer server, String sql) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=UTF-8",
                        "-Dsun.stdout.encoding=UTF-8",
                        "-cp",
                        jar.toString(),
                        root.resolve("docs/examples/Query.java").toString(),
                        sql,
                        "jdbc:millrace://127.0.0.1:" + server.port())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void holdsNothingThatCouldClashWithTheProgramsOwnLibraries() throws Exception {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> strangers = file.stream()
                    .map(entry -> entry.getName())
                    .filter(name ->
                            name.endsWith(".class") && !OWN.matcher(name).matches())
                    .toList();
            assertThat(strangers).isEmpty();
        }
        assertThat(Files.size(jar)).isLessThan(10_000_000);
    }
}
