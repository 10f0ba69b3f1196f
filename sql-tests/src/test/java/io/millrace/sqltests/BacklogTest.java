package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server is killed whose views are far behind: what they have yet to take is taken in parts, as it would have been. */
@Timeout(300)
class BacklogTest {
    private static final String[] SMALL_STEPS = {"step.rows", "100"};
    private static final int INSERTS = 60;
    private static final int ROWS = 50;

    @TempDir
    private Path directory;

    private int next;

    private void insert(CrashedCopy crashed, Statement statement) throws SQLException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            rows.append(i == 0 ? "" : ", ")
                    .append('(')
                    .append(next)
                    .append(", ")
                    .append(next % 7)
                    .append(')');
            next++;
        }
        crashed.clock().advance(Duration.ofMillis(10).toNanos() / 1_000);
        statement.execute("INSERT INTO s VALUES " + rows);
        crashed.clock().advance(Duration.ofMillis(10).toNanos() / 1_000);
        statement.execute("UPDATE names SET v = v + 1 WHERE k = " + next % 5);
        statement.execute("INSERT INTO names VALUES (" + next + ", 0)");
    }

    @Test
    void whatViewsHadYetToTakeIsTakenInParts() throws Exception {
        CrashedCopy crashed = new CrashedCopy(directory);
        long[] position = new long[1];
        crashed.run(
                crashed.data(),
                statement -> {
                    statement.execute("CREATE STREAM s (id BIGINT, k BIGINT)");
                    statement.execute("CREATE TABLE names (k BIGINT PRIMARY KEY, v BIGINT)");
                    statement.execute("INSERT INTO names VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0)");
                    statement.execute(
                            "CREATE MATERIALIZED VIEW counts AS SELECT k, COUNT(*) AS n, SUM(id) AS ids FROM s GROUP BY k");
                    statement.execute("CREATE MATERIALIZED VIEW evens AS SELECT id, k FROM s WHERE MOD(id, 2) = 0");
                    statement.execute(
                            "CREATE MATERIALIZED VIEW joined AS SELECT s.id, names.v FROM s JOIN names ON s.k = "
                                    + "names.k");
                    insert(crashed, statement);
                    statement.execute("FLUSH");
                    crashed.checkpoint();
                    insert(crashed, statement);
                    statement.execute("FLUSH");
                    position[0] = CrashedCopy.number(statement, "SELECT MR_POSITION()");
                    crashed.copy();
                    for (int i = 0; i < INSERTS; i++) {
                        insert(crashed, statement);
                    }
                },
                SMALL_STEPS);
        replaceAllBut(Set.of("steps", "checkpoints"), crashed.data(), crashed.copied());
        crashed.run(
                crashed.copied(),
                statement -> {
                    assertThat(CrashedCopy.number(statement, "SELECT restored_views FROM sys.recovery"))
                            .isEqualTo(3);
                    assertThat(CrashedCopy.number(statement, "SELECT position FROM sys.recovery"))
                            .isEqualTo(position[0]);
                    CrashedCopy.check(statement, "counts", "evens", "joined");
                    long steps = CrashedCopy.number(statement, "SELECT MR_POSITION()") - position[0];
                    assertThat(steps).isBetween(INSERTS / 10L, (long) INSERTS * 3);
                    insert(crashed, statement);
                    CrashedCopy.check(statement, "counts", "evens", "joined");
                },
                SMALL_STEPS);
        crashed.run(crashed.copied(), statement -> CrashedCopy.check(statement, "counts", "evens", "joined"));
    }

    private static void replaceAllBut(Set<String> kept, Path from, Path to) throws IOException {
        for (Path file : files(to)) {
            if (!kept.contains(to.relativize(file).getName(0).toString()) && !Files.isDirectory(file)) {
                Files.delete(file);
            }
        }
        for (Path file : files(from)) {
            Path relative = from.relativize(file);
            if (!kept.contains(relative.getName(0).toString()) && !Files.isDirectory(file)) {
                Files.createDirectories(to.resolve(relative).getParent());
                Files.copy(file, to.resolve(relative));
            }
        }
    }

    private static Iterable<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList();
        }
    }
}
