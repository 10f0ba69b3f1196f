package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is there after a server has ended and another has started on its directory. */
@Timeout(60)
class RestartTest {
    @TempDir
    private Path data;

    @Test
    void definitionsAndRowsSurviveAndDroppedStreamsStayDropped() throws Exception {
        try (Server server = start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE STREAM kept (id INTEGER, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)");
            statement.execute("CREATE STREAM dropped (id INTEGER)");
            statement.execute("INSERT INTO kept VALUES (1, TIMESTAMP '2026-01-01 00:00:00'), (2, NULL)");
            statement.execute("DROP STREAM dropped");
            statement.execute("CREATE STREAM dropped (name VARCHAR)");
            statement.execute("CREATE VIEW first AS SELECT id FROM kept");
            statement.execute("CREATE VIEW second AS SELECT id * 2 AS id FROM first");
            statement.execute("CREATE OR REPLACE VIEW first AS SELECT id + 10 AS id FROM kept");
            statement.execute("CREATE VIEW gone AS SELECT id FROM second");
            statement.execute("DROP VIEW gone");
        }
        try (Server server = start();
                Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            assertThat(Rows.of(statement, "SELECT id FROM kept ORDER BY id")).containsExactly("1", "2");
            assertThat(Rows.of(statement, "SELECT name FROM dropped")).isEmpty();
            assertThat(Rows.of(statement, "SELECT id FROM second ORDER BY id")).containsExactly("22", "24");
            assertThat(Rows.of(statement, "SELECT name FROM sys.views")).containsExactly("first", "second");
            assertThat(Rows.of(statement, "DESCRIBE kept").get(1)).startsWith("ts|TIMESTAMP(3)|YES|NULL|time column");
            statement.execute("INSERT INTO kept (id) VALUES (3)");
            assertThat(Rows.of(statement, "SELECT COUNT(*) FROM kept")).containsExactly("3");
        }
    }

    @Test
    void aSecondServerOnTheDirectoryIsRefusedAndSaysWhy() {
        try (Server server = start()) {
            assertThat(server.port()).isPositive();
            assertThatThrownBy(this::start)
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("in use by process");
        }
    }

    private Server start() {
        return Server.start(ServerSettings.defaults(data).withPort(0));
    }

    private static Connection connect(Server server) throws SQLException {
        return DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
    }
}
