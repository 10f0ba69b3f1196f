package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Views that put the rows of one log into groups: after a crash many of their steps are made again as one. */
@Timeout(300)
class MergedRecoveryTest {
    private static final List<String> VIEWS = List.of(
            "SELECT k, COUNT(*) AS n, SUM(v) AS total, MAX(v) AS most FROM s GROUP BY k",
            "SELECT k, n FROM (SELECT k, COUNT(*) AS n FROM s WHERE v % 3 = 0 GROUP BY k) WHERE n > 2",
            "SELECT id, v FROM s WHERE v % 7 = 0",
            "SELECT COUNT(*) AS n, MIN(v) AS least FROM s GROUP BY k", // rows that are there more than once
            "SELECT COUNT(*) AS n, SUM(v) AS total FROM s",
            "SELECT COUNT(*) AS n FROM s WHERE v < 0", // a row of no rows
            "SELECT v % 5 AS rest, COUNT(DISTINCT k) AS keys, AVG(v) AS mean, LISTAGG(k) AS list FROM s GROUP BY v % 5",
            "SELECT DISTINCT k FROM s",
            "SELECT n, COUNT(*) AS times FROM v0 GROUP BY n", // of groups that come and go
            "SELECT t.name, COUNT(*) AS n FROM s JOIN t ON s.k = t.k GROUP BY t.name");
    private static final String[] NAMES =
            IntStream.range(0, VIEWS.size()).mapToObj(i -> "v" + i).toArray(String[]::new);
    private static final int STEPS = 300;

    @TempDir
    private Path directory;

    private CrashedCopy crashed;
    private int next;

    @BeforeEach
    void begin() {
        crashed = new CrashedCopy(directory);
    }

    private void write(Statement statement) throws SQLException {
        int id = next++;
        statement.execute("INSERT INTO s VALUES (" + id + ", 'k" + id % 11 + "', " + id * 37 % 1_000 + ")");
        statement.execute("SELECT * FROM v0"); // waits for its step
    }

    @Test
    void whatTheyHadIsThereAndThoseWhoComeBackAreGivenTheRest() throws Exception {
        long[] positions = new long[STEPS];
        crashed.run(crashed.data(), statement -> {
            statement.execute("CREATE STREAM s (id BIGINT, k VARCHAR, v BIGINT)");
            statement.execute("CREATE TABLE t (k VARCHAR PRIMARY KEY, name VARCHAR)");
            statement.execute("INSERT INTO t VALUES ('k1', 'odd'), ('k2', 'even'), ('k3', 'odd')");
            for (int i = 0; i < VIEWS.size(); i++) {
                statement.execute("CREATE MATERIALIZED VIEW v" + i + " AS " + VIEWS.get(i));
            }
            write(statement);
            crashed.checkpoint();
            for (int i = 0; i < STEPS; i++) {
                write(statement);
                positions[i] = CrashedCopy.number(statement, "SELECT MR_POSITION()");
            }
            crashed.copy();
        });
        crashed.run(crashed.copied(), statement -> {
            assertThat(CrashedCopy.number(statement, "SELECT repeated_steps FROM sys.recovery"))
                    .isGreaterThanOrEqualTo(STEPS);
            CrashedCopy.check(statement, NAMES);
            for (int i : new int[] {0, STEPS / 2 + 13, STEPS - 2}) {
                follow(statement, positions[i], i);
            }
            write(statement);
            CrashedCopy.check(statement, NAMES);
        });
    }

    /** More groups than one part has: the rows are changed while the next part is read. */
    @Test
    void manyGroupsGiveTheirResultsInParts() throws Exception {
        String rows = "SELECT MOD((a.x * 1000 + b.x) * 7919, 600000) AS k, a.x - b.x AS v FROM d AS a, d AS b";
        String sums =
                "SELECT COUNT(*), SUM(n), SUM(total), SUM(MOD(n * k, 1000003)), SUM(MOD(k * total, 1000003)) FROM ";
        crashed.run(crashed.data(), statement -> {
            statement.execute("CREATE TABLE d (x BIGINT PRIMARY KEY)");
            for (int i = 0; i < 1_000; i++) {
                statement.addBatch("INSERT INTO d VALUES (" + i + ")");
            }
            statement.executeBatch();
            statement.execute("CREATE STREAM s (k BIGINT, v BIGINT)");
            statement.execute(
                    "CREATE MATERIALIZED VIEW v AS SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k");
            statement.execute("INSERT INTO s " + rows);
            statement.execute("CREATE MATERIALIZED VIEW keys AS SELECT DISTINCT k FROM s"); // filled block by block
            statement.execute("FLUSH");
            CrashedCopy.number(statement, "SELECT COUNT(*) FROM v, keys WHERE v.k = keys.k"); // both are there
            crashed.checkpoint();
            for (int i = 0; i < 4; i++) {
                statement.execute("INSERT INTO s " + rows + " WHERE MOD(a.x, 5) <> " + i);
                statement.execute("FLUSH");
            }
            crashed.copy();
        });
        crashed.run(crashed.copied(), statement -> {
            assertThat(CrashedCopy.number(statement, "SELECT repeated_steps FROM sys.recovery"))
                    .isGreaterThanOrEqualTo(4);
            assertThat(CrashedCopy.number(statement, "SELECT restored_views FROM sys.recovery"))
                    .isEqualTo(2);
            assertThat(CrashedCopy.number(statement, "SELECT COUNT(*) FROM keys"))
                    .isEqualTo(CrashedCopy.number(statement, "SELECT COUNT(DISTINCT k) FROM s"));
            assertThat(Rows.of(statement, sums + "v"))
                    .isEqualTo(Rows.of(
                            statement, sums + "(SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k) AS q"));
            statement.execute("INSERT INTO s VALUES (1, 5)");
            assertThat(Rows.of(statement, "SELECT * FROM v WHERE k = 1"))
                    .isEqualTo(Rows.of(statement, "SELECT k, COUNT(*), SUM(v) FROM s WHERE k = 1 GROUP BY k"));
        });
        crashed.run(
                crashed.copied(),
                statement -> assertThat(Rows.of(statement, sums + "v"))
                        .isEqualTo(Rows.of(
                                statement,
                                sums + "(SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k) AS q")));
    }

    /** The counts after a position, as the changes tell them, are those of the view. */
    private void follow(Statement statement, long position, int step) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        for (int id = 0; id <= step + 1; id++) {
            counts.merge("k" + id % 11, 1L, Long::sum);
        }
        int changes = 0;
        try (ResultSet rows = statement.executeQuery("SUBSCRIBE v0 SINCE AFTER POSITION " + position)) {
            while (changes < STEPS - 1 - step && rows.next()) {
                String operation = rows.getString("mr_op");
                String key = rows.getString("k");
                if (operation.equals("-U")) {
                    assertThat(rows.getLong("n")).isEqualTo(counts.get(key));
                } else if (operation.equals("+U") || operation.equals("+I")) {
                    assertThat(rows.getLong("n")).isEqualTo(counts.merge(key, 1L, Long::sum));
                    changes++;
                }
            }
        }
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            assertThat(CrashedCopy.number(statement, "SELECT n FROM v0 WHERE k = '" + count.getKey() + "'"))
                    .isEqualTo(count.getValue());
        }
    }
}
