package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.time.ManualClock;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types {@code docs/time.md}: each block of SQL in order; a block of text is what the query before it gives. */
@Timeout(60)
class TimePageTest {
    private static final Path PAGE = Path.of("..", "docs", "time.md");
    private static final Pattern BLOCK = Pattern.compile("```(sql|text)\\n(.*?)\\n```", Pattern.DOTALL);
    private static final int RESULTS = 4;

    @Test
    void theStatementsGiveWhatThePageSays(@TempDir Path data) throws Exception {
        ManualClock clock =
                new ManualClock(Instant.parse("2026-01-01T12:00:40Z").getEpochSecond() * 1_000_000);
        try (Server server = Server.start(ServerSettings.defaults(data).withPort(0), clock);
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement()) {
            Matcher block = BLOCK.matcher(Files.readString(PAGE));
            List<String> answer = List.of();
            int compared = 0;
            while (block.find()) {
                String text = block.group(2);
                if (block.group(1).equals("text")) {
                    assertThat(answer).isEqualTo(text.lines().toList());
                    compared++;
                } else if (text.startsWith("SELECT") || text.startsWith("SHOW")) {
                    answer = Rows.of(statement, text);
                } else {
                    statement.execute(text);
                }
            }
            assertThat(compared).as("results on the page").isEqualTo(RESULTS);
        }
    }
}
