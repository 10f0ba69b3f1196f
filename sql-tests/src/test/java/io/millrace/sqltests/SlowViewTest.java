package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.Server;
import io.millrace.server.ServerSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A view that works for too long without a pause is taken out of use, and no other. */
@Timeout(120)
class SlowViewTest {
    private static final int ROWS = 20_000;

    @Test
    void aViewThatHoldsUpTheOthersEnds(@TempDir Path data) throws SQLException {
        ServerSettings settings = ServerSettings.defaults(data).withPort(0).with("limits.step-time", "300ms");
        try (Server server = Server.start(settings);
                Connection connection = DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.port());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (n INT)");
            statement.execute("CREATE MATERIALIZED VIEW total AS SELECT COUNT(*) AS n FROM t");
            statement.execute(
                    "CREATE MATERIALIZED VIEW pairs AS SELECT COUNT(*) AS n FROM t a JOIN t b ON a.n + b.n = -1");
            assertThat(Rows.of(statement, "SELECT * FROM pairs")).containsExactly("0");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
                for (int n = 0; n < ROWS; n++) {
                    insert.setInt(1, n);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            assertThatThrownBy(() -> Rows.of(statement, "SELECT * FROM pairs"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53400"))
                    .hasMessageContaining("has held up the others for too long");
            assertThat(Rows.of(statement, "SELECT * FROM total")).containsExactly(Integer.toString(ROWS));
        }
    }
}
