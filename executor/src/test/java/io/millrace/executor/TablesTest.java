package io.millrace.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.TableFixture.Row;
import io.millrace.executor.circuit.ReadPosition;
import io.millrace.executor.table.TableStatement;
import io.millrace.executor.table.TableVersion;
import io.millrace.plan.DataType;
import io.millrace.plan.Field;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.RowType;
import io.millrace.plan.StartPosition;
import io.millrace.plan.TableScan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TablesTest {
    private EngineFixture fixture;
    private Tables tables;

    @BeforeEach
    void open() {
        fixture = EngineFixture.withDefaults();
        tables = fixture.engine.tables();
        tables.open(TableFixture.table(1, true));
        tables.open(TableFixture.table(2, true));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private long change(TableStatement statement) {
        return tables.change(1, statement, List.of(), null)[0];
    }

    private List<Row> rows() {
        return rows(tables.version(1));
    }

    private static List<Row> rows(TableVersion version) {
        return TableFixture.rows(version).stream().map(Row::withoutNumber).toList();
    }

    private List<List<Long>> query(QueryOptions options) {
        TableScan scan = new TableScan(
                1,
                "t1",
                TableScan.Source.TABLE,
                List.of(0),
                new RowType(List.of(new Field("id", EngineFixture.BIGINT))));
        List<OutputColumn> output = List.of(new OutputColumn("id", DataType.of(DataType.Kind.BIGINT)));
        return EngineFixture.all(fixture.engine.execute(scan, output, false, StartPosition.BEGINNING, options));
    }

    @Test
    void aRefusedAppendLeavesEverythingAsItWas() {
        change(TableFixture.insert(List.of(new Row(1, "a", 1L), new Row(2, "b", 2L))));
        fixture.logs.get(1L).refusal = new MillraceException(ErrorCode.DISK_FULL, "the disk is full");
        List<TableStatement> statements = List.of(
                TableFixture.insert(List.of(new Row(3, "c", 3L))),
                TableFixture.update(row -> true, row -> new Row(row.id() + 1, "changed", null)),
                TableFixture.delete(row -> row.id() == 1));
        for (TableStatement statement : statements) {
            assertThatThrownBy(() -> change(statement)).hasMessageContaining("the disk is full");
            assertThat(rows()).containsExactly(new Row(1, "a", 1L), new Row(2, "b", 2L));
            assertThat(TableFixture.find(tables.version(1), 3)).isNull();
            assertThat(TableFixture.find(tables.version(1), 2).name()).isEqualTo("b");
        }
        fixture.logs.get(1L).refusal = null;
        for (TableStatement statement : statements) {
            change(statement);
        }
        assertThat(rows())
                .containsExactly(new Row(2, "changed", null), new Row(3, "changed", null), new Row(4, "changed", null));
    }

    @Test
    void aStepThatFailsUndoesThoseBeforeIt() {
        change(TableFixture.insert(List.of(new Row(1, "a", 1L))));
        TableStatement steps = new TableStatement(
                TableStatement.Kind.INSERT,
                List.of(
                        TableFixture.insert(List.of(new Row(2, "b", 2L)))
                                .steps()
                                .get(0),
                        TableFixture.insert(List.of(new Row(3, "c", 3L)))
                                .steps()
                                .get(0),
                        TableFixture.insert(List.of(new Row(2, "again", 2L)))
                                .steps()
                                .get(0)));
        assertThatThrownBy(() -> change(steps)).hasMessageContaining("duplicate key (id)=(2) in table \"t1\"");
        assertThat(rows()).containsExactly(new Row(1, "a", 1L));
        assertThat(change(TableFixture.insert(List.of(new Row(2, "b", 2L))))).isEqualTo(1);
    }

    @Test
    void statementsThatWaitAreMadeTogetherEachSeeingThoseBeforeIt() throws Exception {
        change(TableFixture.insert(List.of(new Row(1, "a", 0L))));
        long before = fixture.logs.get(1L).end().nextLsn();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Long>> updates = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                updates.add(() -> change(TableFixture.update(row -> true, row -> new Row(1, "a", row.n() + 1))));
            }
            for (Future<Long> done : threads.invokeAll(updates)) {
                assertThat(done.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(rows()).containsExactly(new Row(1, "a", 400L));
        assertThat(fixture.logs.get(1L).end().rowCount()).isEqualTo(801);
        assertThat(fixture.logs.get(1L).end().nextLsn()).isGreaterThan(before);
    }

    @Test
    void aPositionShowsTheSameRowsHoweverOftenItIsRead() {
        change(TableFixture.insert(List.of(new Row(1, "a", 1L), new Row(2, "b", 2L))));
        try (ReadPosition position = fixture.engine.pin()) {
            change(TableFixture.delete(row -> row.id() == 1));
            change(TableFixture.insert(List.of(new Row(3, "c", 3L))));
            for (int i = 0; i < 3; i++) {
                change(TableFixture.insert(many(10_000 * (i + 1), 5_000)));
                change(TableFixture.delete(row -> row.id() > 3));
                assertThat(query(EngineFixture.options().at(position))).containsExactly(List.of(1L), List.of(2L));
            }
            assertThat(query(EngineFixture.options())).containsExactly(List.of(2L), List.of(3L));
        }
    }

    private static List<Row> many(int from, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(new Row(from + i, "row", null));
        }
        return rows;
    }

    @Test
    void aCutNeverHasAWriteWithoutThoseAcknowledgedBeforeIt() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(1);
        fixture.open();
        try {
            Future<?> writer = threads.submit(() -> {
                for (long i = 1; !stop.get(); i++) {
                    tables.change(1, TableFixture.insert(List.of(new Row(i, null, i))), List.of(), null);
                    tables.change(2, TableFixture.insert(List.of(new Row(i, null, i))), List.of(), null);
                }
                return null;
            });
            for (int i = 0; i < 2_000; i++) {
                try (ReadPosition position = fixture.engine.pin()) {
                    long first = position.table(1, "t1").rows();
                    long second = position.table(2, "t2").rows();
                    assertThat(first - second).isBetween(0L, 1L);
                }
            }
            stop.set(true);
            writer.get();
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void deadRowsAreClearedAwayAndTheirMemoryComesBack() {
        change(TableFixture.insert(many(0, 20_000)));
        long full = tables.status(1).memoryBytes();
        change(TableFixture.delete(row -> row.id() >= 100));
        assertThat(tables.status(1).rows()).isEqualTo(100);
        assertThat(tables.status(1).memoryBytes()).isLessThan(full / 10);
        assertThat(tables.status(1).changes()).isEqualTo(39_900);
        assertThat(TableFixture.find(tables.version(1), 99).name()).isEqualTo("row");
        assertThat(TableFixture.find(tables.version(1), 100)).isNull();
    }

    @Test
    void aStatementThatNeedsMoreMemoryThanAllTablesMayHoldFailsAndSaysSo() {
        String large = "x".repeat(1 << 20);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        change(TableFixture.insert(List.of(new Row(i, large, null))));
                    }
                })
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("no room for table \"t1\"")
                .hasMessageContaining("limit of 64 MB")
                .hasMessageContaining("tables.memory")
                .extracting(failure -> ((MillraceException) failure).code())
                .isEqualTo(ErrorCode.OUT_OF_MEMORY);
        assertThat(change(TableFixture.delete(row -> true))).isBetween(30L, 64L);
    }
}
