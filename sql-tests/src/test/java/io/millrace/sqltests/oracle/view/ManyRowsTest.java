package io.millrace.sqltests.oracle.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views of so many rows that what has gone is cleared away, and of steps of several batches. */
class ManyRowsTest {
    private static final int DIGITS = 18;

    private static final List<String> QUERIES = List.of(
            "SELECT k, s FROM m",
            "SELECT s, COUNT(*) AS n, SUM(d) AS d, MIN(k) AS lo, MAX(s) AS hi FROM m GROUP BY s",
            "SELECT MOD(k, 7) AS g, COUNT(DISTINCT s) AS c, AVG(d) AS a FROM m GROUP BY MOD(k, 7)",
            "SELECT s FROM m EXCEPT ALL SELECT s FROM o",
            "SELECT s FROM m INTERSECT SELECT s FROM o",
            "SELECT DISTINCT s FROM m",
            "SELECT m.k, o.s FROM m JOIN o ON m.k = o.k",
            "SELECT m.k, o.k AS ok FROM m LEFT JOIN o ON m.s = o.s AND o.k > 5000",
            "SELECT o.k, m.d FROM m RIGHT JOIN o ON m.k = o.k + 1",
            "SELECT k FROM m WHERE s IN (SELECT s FROM o)",
            "SELECT k FROM m WHERE NOT EXISTS (SELECT 1 FROM o WHERE o.k = m.k)",
            "SELECT k, s, COUNT(*) AS n FROM v1 GROUP BY GROUPING SETS ((k, s), (s))");

    @TempDir
    private Path directory;

    private ViewServer server;

    @Test
    void what_many_rows_leave_behind_is_cleared_away_and_nothing_else() throws Exception {
        server = new ViewServer(directory);
        Followers followers = new Followers(server, 30_000, new Tally());
        try {
            execute("CREATE TABLE m (k INT, s VARCHAR, d DOUBLE)");
            execute("CREATE TABLE o (k INT PRIMARY KEY, s VARCHAR)");
            execute("CREATE TABLE digits (i INT)");
            execute("INSERT INTO digits VALUES "
                    + IntStream.range(0, DIGITS).mapToObj(i -> "(" + i + ")").collect(Collectors.joining(", ")));
            for (int i = 0; i < QUERIES.size(); i++) {
                execute("CREATE MATERIALIZED VIEW v" + (i + 1) + " AS " + QUERIES.get(i));
                followers.take(new Step.Follow("f" + i, "v" + (i + 1), i % 2 == 0, true), this::content);
            }
            for (String sql : statements()) {
                execute(sql);
                check(sql, followers);
            }
        } finally {
            followers.close();
            server.close();
        }
    }

    /** Rounds in which some thousand rows come, are changed, and go. */
    private static List<String> statements() {
        String numbers = " FROM (SELECT a.i + " + DIGITS + " * b.i + " + DIGITS * DIGITS
                + " * c.i AS n FROM digits a CROSS JOIN digits b CROSS JOIN digits c) AS t";
        List<String> statements = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            statements.add("INSERT INTO m SELECT n, 'a text of more than some bytes ' || CAST(MOD(n, " + (3000 + round)
                    + ") AS VARCHAR), n / 10E0" + numbers);
            statements.add("INSERT INTO o SELECT n + " + 6000 * round
                    + ", 'a text of more than some bytes ' || CAST(n AS" + " VARCHAR)" + numbers + " WHERE n < 2500");
            statements.add("UPDATE m SET s = 's' || CAST(MOD(k, 5000) AS VARCHAR), d = d + 1E16 WHERE MOD(k, 2) = 0");
            statements.add("UPDATE m SET s = NULL, d = d - 1E16 WHERE MOD(k, 10) = 0");
            statements.add("DELETE FROM m WHERE MOD(k, 20) <> " + round);
            statements.add("DELETE FROM o WHERE MOD(k, 3) = 0");
        }
        return statements;
    }

    private void check(String sql, Followers followers) throws InterruptedException {
        for (int i = 0; i < QUERIES.size(); i++) {
            String view = "v" + (i + 1);
            Content bounded = Content.of(server.connection(), QUERIES.get(i));
            Content kept = content(view);
            assertThat(bounded.hasFailed()).as("%s", bounded).isFalse();
            assertThat(kept.hasFailed()).as("%s after %s: %s", view, sql, kept).isFalse();
            assertThat(kept.rows().equals(bounded.rows()))
                    .as("%s after %s", view, sql)
                    .isTrue();
        }
        followers.check(server.advance(1_100_000), this::content);
    }

    private Content content(String relation) {
        return Content.of(server.connection(), "SELECT * FROM " + relation);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = server.connection().createStatement()) {
            statement.execute(sql);
        }
    }
}
