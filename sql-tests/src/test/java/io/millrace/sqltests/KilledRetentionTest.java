package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server is killed again and again while it trims: a view knows all rows that were ever acknowledged, the stream the last. */
@Timeout(300)
class KilledRetentionTest {
    private static final int ROUNDS = Integer.getInteger("millrace.kill.rounds", 2);
    private static final int ROWS = 100;

    @Test
    void aViewOverATrimmedStreamLosesNothing(@TempDir Path data) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long acknowledged = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            try (ServerProcess server = ServerProcess.start(
                            data, "checkpoint.interval=100ms", "retention.interval=20ms", "subscription.retention=1s");
                    Connection connection = DriverManager.getConnection(server.url() + "?retryTimeout=1");
                    Statement statement = connection.createStatement()) {
                if (round == 0) {
                    statement.execute("CREATE STREAM s (id BIGINT, pad VARCHAR) WITH (retention_size = '256KiB')");
                    statement.execute("CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n, SUM(id) AS total FROM s");
                } else {
                    acknowledged = check(statement, acknowledged, "seed " + seed + ", round " + round);
                }
                int inserts = 30 + random.nextInt(30);
                Thread killer = round == ROUNDS ? null : killer(server, random.nextInt(100));
                acknowledged = write(statement, acknowledged, inserts, killer);
                if (killer != null) {
                    killer.join();
                } else {
                    check(statement, acknowledged, "seed " + seed + ", at the end");
                    assertThat(number(statement, "SELECT trimmed_rows FROM sys.streams"))
                            .isPositive();
                }
            }
        }
    }

    private static Thread killer(ServerProcess server, int spins) {
        return new Thread(() -> {
            try (Connection connection = DriverManager.getConnection(server.url() + "?retryTimeout=1");
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < spins; i++) {
                    number(statement, "SELECT n FROM v");
                }
                server.kill();
            } catch (SQLException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    /** Returns how many rows were acknowledged in the end. */
    private static long write(Statement statement, long first, int inserts, Thread killer) {
        long next = first;
        try {
            for (int i = 0; i < inserts || killer != null; i++) {
                if (killer != null && i == inserts) {
                    killer.start();
                }
                String pad = "x".repeat(500);
                statement.execute(LongStream.range(next, next + ROWS)
                        .mapToObj(id -> "(" + id + ", '" + pad + "')")
                        .collect(Collectors.joining(", ", "INSERT INTO s VALUES ", "")));
                next += ROWS;
            }
        } catch (SQLException killed) {
            assertThat(killer).as(killed.toString()).isNotNull();
        }
        return next;
    }

    /** Returns how many rows there are: the last INSERT may have been made without being acknowledged. */
    private static long check(Statement statement, long acknowledged, String context) throws SQLException {
        long rows = number(statement, "SELECT n FROM v");
        assertThat(rows).as(context).isIn(acknowledged, acknowledged + ROWS);
        assertThat(number(statement, "SELECT total FROM v")).as(context).isEqualTo(rows * (rows - 1) / 2);
        assertThat(Rows.of(statement, "SELECT MAX(id), MAX(id) - MIN(id) + 1 - COUNT(*) FROM s"))
                .as(context)
                .containsExactly(rows - 1 + "|0");
        return rows;
    }

    private static long number(Statement statement, String query) throws SQLException {
        return Long.parseLong(Rows.of(statement, query).get(0));
    }
}
