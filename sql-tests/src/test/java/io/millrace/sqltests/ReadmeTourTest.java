package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types the README's tour: each block of SQL in order; a block of text is what the last query shows next. */
@Timeout(60)
class ReadmeTourTest {
    private static final Path README = Path.of("..", "README.md");
    private static final long SECOND = 1_000_000;

    @Test
    void theTourShowsWhatTheReadmeSays(@TempDir Path data) throws Exception {
        List<PageBlocks.Block> blocks = PageBlocks.of(README);
        String headline = blocks.get(0).text();
        ManualClock clock =
                new ManualClock(Instant.parse("2026-11-20T12:00:01Z").getEpochSecond() * SECOND);
        try (Server server = Server.start(ServerSettings.defaults(data).withPort(0), clock);
                LineServer lines = new LineServer();
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement();
                Statement continuous = connection.createStatement()) {
            int shown = replay(blocks.subList(1, blocks.size()), statement, continuous, lines.port());
            assertThat(shown).as("blocks of text that were compared").isGreaterThanOrEqualTo(3);

            lines.accept();
            try (Statement query = connection.createStatement();
                    ResultSet results = query.executeQuery(headline)) {
                lines.send("an ERROR in the ERROR log\n");
                while (!Rows.of(statement, "SELECT COUNT(*) FROM lines").equals(List.of("6"))) {
                    Thread.onSpinWait();
                }
                clock.advance(10 * SECOND);
                assertThat(Rows.next(results, 1)).containsExactly("ERROR|2");
            }
        }
    }

    /** Returns how many blocks of text were compared. */
    private static int replay(List<PageBlocks.Block> blocks, Statement statement, Statement continuous, int port)
            throws Exception {
        int shown = 0;
        ResultSet running = null;
        List<String> answer = null;
        for (PageBlocks.Block block : blocks) {
            String text = block.text();
            if (block.kind().equals("text")) {
                List<String> expected = text.lines().toList();
                List<String> actual = answer != null ? answer : Rows.next(running, expected.size());
                assertThat(actual).isEqualTo(expected);
                answer = null;
                shown++;
            } else if (text.startsWith("SELECT") && text.contains("WINDOW")) {
                running = continuous.executeQuery(text);
            } else if (text.startsWith("SELECT") || text.startsWith("EXPLAIN")) {
                answer = Rows.of(statement, text);
                assertThat(answer).isNotEmpty();
            } else {
                answer = null;
                statement.execute(text.replace("'9999'", "'" + port + "'"));
            }
        }
        return shown;
    }
}
