package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types the examples of pages: each block of SQL in order; a block of text is what the last query, or subscription, shows. */
@Timeout(60)
class PageExamplesTest {
    @ParameterizedTest
    @ValueSource(strings = {"views.md", "subscriptions.md", "sinks.md"})
    void thePageShowsWhatHappens(String page, @TempDir Path data) throws Exception {
        ServerSettings settings = ServerSettings.defaults(data).with("connector.file.roots", data.toString());
        try (Server server = Server.start(settings.withPort(0));
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement();
                Statement following = connection.createStatement()) {
            int shown = replay(PageBlocks.of(Path.of("..", "docs", page)), statement, following);
            assertThat(shown).as("blocks of text that were compared").isGreaterThanOrEqualTo(2);
        }
    }

    private static int replay(List<PageBlocks.Block> blocks, Statement statement, Statement following)
            throws Exception {
        int shown = 0;
        ResultSet changes = null;
        List<String> answer = null;
        for (PageBlocks.Block block : blocks) {
            if (block.isText()) {
                List<String> expected = block.text().lines().toList();
                List<String> actual = answer != null ? answer : withoutPosition(Rows.next(changes, expected.size()));
                assertThat(actual).isEqualTo(expected);
                shown++;
            } else if (block.text().startsWith("SUBSCRIBE")) {
                changes = following.executeQuery(block.text());
                answer = null;
            } else if (block.text().startsWith("SELECT")) {
                answer = Rows.of(statement, block.text());
            } else {
                statement.execute(block.text());
                answer = null;
            }
        }
        return shown;
    }

    /** The first two columns of a change depend on the moment. */
    private static List<String> withoutPosition(List<String> rows) {
        return rows.stream().map(row -> row.split("\\|", 3)[2]).toList();
    }
}
