package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sqlline.SqlLine;

/** sqlline, which asks for all the metadata that there is. */
@Timeout(60)
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

    private String run(String... lines) throws Exception {
        SqlLine sqlline = new SqlLine();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        sqlline.setOutputStream(out);
        sqlline.setErrorStream(out);
        String script = String.join("\n", lines) + "\n!quit\n";
        sqlline.begin(
                new String[] {
                    "-u",
                    millrace.url(),
                    "-n",
                    "",
                    "-p",
                    "",
                    "--incremental=true",
                    "--maxWidth=400",
                    "--outputFormat=csv",
                    "--silent=true"
                },
                new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
                false);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void insertsAndReads() throws Exception {
        assertThat(run(
                        "INSERT INTO events (id, name, price) VALUES (1, 'a', 1.5), (2, NULL, 2);",
                        "SELECT id, name, price FROM events ORDER BY id;"))
                .contains("'id','name','price'", "'1','a','1.50'", "'2','','2.00'");
    }

    @Test
    void readsAContinuousQuery() throws Exception {
        millrace.feed(1, 2);
        assertThat(run("SELECT STREAM id FROM events LIMIT 2 SINCE BEGINNING;")).contains("'1'", "'2'");
        millrace.server.awaitRunningQueries(0);
    }

    @Test
    void listsWhatThereIs() throws Exception {
        assertThat(run("!tables")).contains("events").contains("STREAM");
        assertThat(run("!columns events")).contains("price", "DECIMAL");
        assertThat(run("!describe events")).contains("name", "VARCHAR");
        assertThat(run("!schemas")).contains("public");
        assertThat(run("!primarykeys events", "!indexes events", "!importedkeys events", "!exportedkeys events"))
                .doesNotContain("Error");
        assertThat(run("!typeinfo")).contains("BIGINT");
        assertThat(run("!procedures", "!isolation TRANSACTION_SERIALIZABLE")).doesNotContain("Error");
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
