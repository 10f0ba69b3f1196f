package io.millrace.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.TableFixture.Row;
import io.millrace.executor.table.TableStatement;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.time.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random statements on a table and on a list of rows, with restarts, and versions that are held meanwhile. */
@Timeout(120)
class TableModelTest {
    private static final int STATEMENTS = 200;

    private final ManualClock clock = new ManualClock(EngineFixture.BEGIN);

    @TempDir
    private Path directory;

    private StreamEngine engine;
    private boolean hasKey;
    private Random random;
    private List<Row> model = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();

    /** A version, and the rows that it must show for ever. */
    private record Held(TableVersion version, List<Row> rows) {}

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTableHoldsWhatItsStatementsSay(boolean withKey) {
        hasKey = withKey;
        long seed = System.nanoTime();
        random = new Random(seed);
        open();
        try {
            for (int i = 0; i < STATEMENTS; i++) {
                statement();
                check("seed " + seed + ", statement " + i);
                if (held.size() < 4 && random.nextInt(10) == 0) {
                    held.add(new Held(version(), model));
                }
                if (random.nextInt(40) == 0) {
                    held.clear();
                    engine.close();
                    open();
                    check("seed " + seed + ", opened after statement " + i);
                }
            }
        } finally {
            engine.close();
        }
    }

    private void open() {
        engine = StreamEngine.open(EngineSettings.defaults(directory), clock);
        engine.tables().open(TableFixture.table(1, hasKey));
    }

    private void statement() {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> insert(1 + random.nextInt(5));
            case 3 -> insert(model.size() < 8_000 ? random.nextInt(3_000) : 1);
            case 4 -> delete(oneOf(200));
            case 5 -> {
                String text = text();
                update(oneOf(3), row -> new Row(row.id(), text, row.n() == null ? 1L : row.n() + 1));
            }
            case 6 -> update(row -> true, row -> new Row(row.id() + 1, row.name(), row.n()));
            default -> update(oneOf(50), row -> new Row(row.id() / 2, row.name(), null));
        }
    }

    private Predicate<Row> oneOf(int divisor) {
        int rest = random.nextInt(divisor);
        return row -> Math.floorMod(row.id(), divisor) == rest;
    }

    private String text() {
        int length = random.nextInt(25);
        return length == 0 ? null : "ü".repeat(length) + random.nextInt(100);
    }

    private void insert(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Row(random.nextInt(50_000), text(), random.nextBoolean() ? null : random.nextLong()));
        }
        List<Row> after = new ArrayList<>(model);
        after.addAll(rows);
        execute(TableFixture.insert(rows), after, count);
    }

    private void delete(Predicate<Row> condition) {
        List<Row> after = model.stream().filter(condition.negate()).toList();
        execute(TableFixture.delete(condition), after, model.size() - after.size());
    }

    private void update(Predicate<Row> condition, Function<Row, Row> change) {
        List<Row> after =
                new ArrayList<>(model.stream().filter(condition.negate()).toList());
        List<Row> changed = model.stream().filter(condition).map(change).toList();
        after.addAll(changed);
        execute(TableFixture.update(condition, change), after, changed.size());
    }

    /** The statement fails if it would leave a key twice; then nothing has changed. */
    private void execute(TableStatement statement, List<Row> after, long count) {
        Set<Long> keys = new HashSet<>();
        boolean fails = hasKey && !after.stream().allMatch(row -> keys.add(row.id()));
        if (fails) {
            assertThatThrownBy(() -> engine.tables().change(1, statement, List.of(), null))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("duplicate key (id)=(");
            return;
        }
        assertThat(engine.tables().change(1, statement, List.of(), null)).containsExactly(count);
        model = after;
    }

    private TableVersion version() {
        return engine.tables().version(1);
    }

    private void check(String when) {
        assertThat(version().rows()).as(when).isEqualTo(model.size());
        assertThat(rows(version()).equals(model)).as(when).isTrue();
        for (Held each : held) {
            assertThat(rows(each.version()).equals(each.rows())).as(when).isTrue();
        }
        if (hasKey) {
            for (int i = 0; i < 20; i++) {
                long id = random.nextInt(50_000);
                Row expected =
                        model.stream().filter(row -> row.id() == id).findAny().orElse(null);
                Row found = TableFixture.find(version(), id);
                assertThat(found == null ? null : found.withoutNumber())
                        .as(when)
                        .isEqualTo(expected);
            }
            for (Held each : held) {
                Row some = each.rows().isEmpty()
                        ? null
                        : each.rows().get(random.nextInt(each.rows().size()));
                if (some != null) {
                    assertThat(TableFixture.find(each.version(), some.id()).withoutNumber())
                            .as(when)
                            .isEqualTo(some);
                }
            }
        }
    }

    private static List<Row> rows(TableVersion version) {
        return TableFixture.rows(version).stream().map(Row::withoutNumber).toList();
    }
}
