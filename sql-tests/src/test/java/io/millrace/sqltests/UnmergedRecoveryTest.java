package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.CheckpointEntry;
import io.millrace.executor.checkpoint.CheckpointFile;
import io.millrace.executor.checkpoint.CheckpointStore;
import io.millrace.executor.checkpoint.CheckpointWriter;
import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.checkpoint.StepReader;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.checkpoint.ViewChange;
import io.millrace.executor.log.ChronicleLog;
import io.millrace.executor.log.LogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Steps that are made again as one and then do not give what they gave: they are made again one by one. */
@Timeout(300)
class UnmergedRecoveryTest {
    private static final int STEPS = 100;

    @TempDir
    private Path directory;

    private CrashedCopy crashed;
    private int next;

    @BeforeEach
    void begin() {
        crashed = new CrashedCopy(directory);
    }

    /** Makes a step of some rows; returns its position. */
    private long step(Statement statement) throws SQLException {
        int id = next++;
        statement.execute("INSERT INTO s VALUES (" + id + ", 'k" + id % 11 + "', " + (1 + id % 7) + ")");
        statement.execute("FLUSH");
        return CrashedCopy.number(statement, "SELECT MR_POSITION()");
    }

    private void makeSteps(Statement statement) throws SQLException {
        for (int i = 0; i < STEPS; i++) {
            step(statement);
        }
    }

    private void create(Statement statement) throws Exception {
        statement.execute("CREATE STREAM s (id BIGINT, k VARCHAR, v BIGINT)");
        statement.execute(
                "CREATE MATERIALIZED VIEW counts AS SELECT k, COUNT(*) AS n, SUM(v) AS total FROM s GROUP BY k");
        statement.execute("CREATE MATERIALIZED VIEW shares AS SELECT k, 1000 / SUM(v) AS share FROM s GROUP BY k");
        statement.execute("CREATE MATERIALIZED VIEW parts AS SELECT id, 60 / (v - 100) AS part FROM s");
        step(statement);
        CrashedCopy.check(statement, "counts", "shares", "parts");
    }

    private static void checkFails(Statement statement, String view) {
        assertThatThrownBy(() -> Rows.of(statement, "SELECT * FROM " + view))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
    }

    @Test
    void aStepThatGivesSomethingElseIsNamedAndNotThoseItWasMadeWith() throws Exception {
        long[] wrong = new long[1];
        crashed.run(crashed.data(), statement -> {
            create(statement);
            crashed.checkpoint();
            for (int i = 0; i < STEPS; i++) {
                long position = step(statement);
                wrong[0] = i == STEPS / 3 ? position : wrong[0];
            }
            crashed.copy();
        });
        alter(crashed.copied().resolve("steps"), wrong[0]);
        assertThatThrownBy(() -> crashed.run(crashed.copied(), statement -> {}))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
                .hasMessageContaining("step " + wrong[0] + ", made again, changes view number")
                .hasMessageContaining("by 2 rows");
    }

    /** Writes the log of steps anew, with another hash of what one of them changed. */
    private void alter(Path steps, long position) throws IOException {
        Path old = steps.resolveSibling("steps-before");
        Files.move(steps, old);
        int altered = 0;
        try (StepLog from = new StepLog(ChronicleLog.open(old, options()));
                StepLog to = new StepLog(ChronicleLog.open(steps, options()));
                StepReader reader = from.reader(0)) {
            for (StepRecord step = reader.next(); step != null; step = reader.next()) {
                List<ViewChange> before = new ArrayList<>();
                for (ViewChange change : step.before()) {
                    boolean isWrong = step.position() == position + 1;
                    altered += isWrong ? 1 : 0;
                    before.add(isWrong ? new ViewChange(change.viewId(), change.rows(), change.hash() + 1) : change);
                }
                to.append(new StepRecord(step.position(), step.time(), step.catalog(), step.ends(), before))
                        .join();
            }
        }
        assertThat(altered).isPositive();
    }

    private LogOptions options() {
        return new LogOptions(
                StepLog.DEFINITION.name(),
                StepLog.DEFINITION.columnTypes(),
                StepLog.TIME_COLUMN,
                null,
                false,
                crashed.clock());
    }

    /** A checkpoint says what rows the groups gave when it was made. */
    @Test
    void groupsThatGiveOtherRowsThanTheyGaveAreNotUsedAndOtherViewsAre() throws Exception {
        crashed.run(crashed.data(), statement -> {
            create(statement);
            crashed.checkpoint();
            makeSteps(statement);
            crashed.copy();
        });
        alterDerived(crashed.copied().resolve("checkpoints"));
        crashed.run(crashed.copied(), statement -> {
            assertThat(CrashedCopy.number(statement, "SELECT restored_views FROM sys.recovery"))
                    .isOne();
            CrashedCopy.check(statement, "counts", "shares", "parts");
        });
    }

    /** Writes a checkpoint anew, whole but for what it says of the rows of views that are not in it. */
    private static void alterDerived(Path checkpoints) throws IOException {
        CheckpointStore store = new CheckpointStore(checkpoints);
        int altered = 0;
        for (long position : store.positions()) {
            CheckpointFile file = store.open(position);
            List<Block> blocks = new ArrayList<>();
            for (CheckpointEntry entry : file.entries()) {
                file.read(
                        entry.viewId(),
                        item -> true,
                        (item, content) -> blocks.add(new Block(entry.viewId(), item, content)));
            }
            store.delete(position);
            try (CheckpointWriter writer = store.create(position, file.identity())) {
                for (Block block : blocks) {
                    if (block.item() < 0) {
                        block.content()[block.content().length - 1] ^= 1;
                        altered++;
                    }
                    writer.block(block.view(), block.item(), block.content());
                }
                writer.finish(file.entries());
            }
        }
        assertThat(altered).isEqualTo(2);
    }

    private record Block(long view, int item, byte[] content) {}

    @Test
    void aViewThatFailedBetweenAndWasMendedIsThere() throws Exception {
        crashed.run(crashed.data(), statement -> {
            create(statement);
            crashed.checkpoint();
            makeSteps(statement);
            statement.execute("INSERT INTO s VALUES (0, 'zero', 10)");
            statement.execute("FLUSH");
            statement.execute("INSERT INTO s VALUES (0, 'zero', -10)");
            checkFails(statement, "shares"); // as those of all these steps at once it would not
            statement.execute("INSERT INTO s VALUES (0, 'zero', 5)");
            CrashedCopy.check(statement, "counts", "shares", "parts");
            makeSteps(statement);
            crashed.copy();
        });
        restart("counts", "shares", "parts");
    }

    @Test
    void aViewThatHasFailedFailsAndTheOthersAreThere() throws Exception {
        crashed.run(crashed.data(), statement -> {
            create(statement);
            crashed.checkpoint();
            makeSteps(statement);
            statement.execute("INSERT INTO s VALUES (0, 'x', 100)");
            checkFails(statement, "parts");
            makeSteps(statement);
            crashed.copy();
        });
        restart("counts", "shares");
        crashed.run(crashed.copied(), statement -> checkFails(statement, "parts"));
    }

    private void restart(String... views) throws Exception {
        crashed.run(crashed.copied(), statement -> {
            assertThat(CrashedCopy.number(statement, "SELECT repeated_steps FROM sys.recovery"))
                    .isGreaterThan(STEPS);
            CrashedCopy.check(statement, views);
            step(statement);
            CrashedCopy.check(statement, views);
        });
        crashed.run(crashed.copied(), statement -> CrashedCopy.check(statement, views));
    }
}
