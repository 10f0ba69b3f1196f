package io.millrace.executor;

import static io.millrace.executor.EngineFixture.BEGIN;
import static io.millrace.executor.EngineFixture.SECOND;
import static io.millrace.executor.EngineFixture.all;
import static io.millrace.executor.EngineFixture.next;
import static io.millrace.executor.EngineFixture.options;
import static io.millrace.executor.EngineFixture.output;
import static io.millrace.executor.EngineFixture.row;
import static io.millrace.executor.EngineFixture.rows;
import static io.millrace.executor.EngineFixture.scan;
import static io.millrace.executor.EngineFixture.take;
import static io.millrace.executor.EngineFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.time.SystemClock;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StartPosition;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamEngineTest {
    private EngineFixture fixture = EngineFixture.withDefaults().open();

    @AfterEach
    void close() {
        fixture.close();
        fixture.logs.values().forEach(log -> assertThat(log.openReaders.get()).isZero());
    }

    private void use(int resultBufferRows) {
        fixture.close();
        fixture = new EngineFixture(1, 100, resultBufferRows).open();
    }

    private void appendRange(long from, long to) {
        List<Object[]> rows = new ArrayList<>();
        LongStream.range(from, to).forEach(value -> rows.add(row(0L, 7, value)));
        fixture.append(1, rows);
    }

    private static List<Long> values(List<List<Long>> rows) {
        return rows.stream().map(row -> row.get(1)).toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(message);
        });
    }

    @Nested
    class ATail {
        @Test
        void givesTheRowsAppendedAfterItsStart() {
            fixture.append(row(1L, 1, 10));
            ResultCursor cursor = fixture.continuous(scan(1), StartPosition.NOW);
            fixture.append(row(2L, 2, 20), row(null, 3, 30));

            assertThat(take(cursor, 2))
                    .containsExactly(List.of(2L, 20L, BEGIN + 2 * SECOND, BEGIN), Arrays.asList(3L, 30L, null, BEGIN));
            assertThat(cursor.isFinished()).isFalse();
            assertThat(cursor.poll(10)).isNull();
        }

        @Test
        void sinceTheBeginningGivesAllRowsInOrder() {
            appendRange(0, 1_000);
            ResultCursor cursor = fixture.continuous(scan(1), StartPosition.BEGINNING);
            appendRange(1_000, 2_000);
            assertThat(values(take(cursor, 2_000))).isEqualTo(range(0, 2_000));
        }

        @Test
        void withALimitEnds() {
            PlanNode plan = new Limit(scan(1), 1, 3, scan(1).rowType());
            ResultCursor cursor = fixture.continuous(plan, StartPosition.NOW);
            appendRange(0, 10);
            assertThat(values(all(cursor))).isEqualTo(range(1, 4));
            assertThat(fixture.engine.queries()).isEmpty();
        }

        @Test
        void withAMaximumOfRowsEnds() {
            ResultCursor cursor = fixture.engine.execute(
                    scan(1), output(scan(1)), true, StartPosition.NOW, new QueryOptions("", "", 5, 0));
            appendRange(0, 3);
            appendRange(3, 300);
            assertThat(values(all(cursor))).isEqualTo(range(0, 5));
        }

        @Test
        void isReadOnceForAllQueries() {
            List<ResultCursor> cursors = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                cursors.add(fixture.continuous(scan(1), StartPosition.NOW));
            }
            fixture.engine.flush();
            appendRange(0, 1_000);
            cursors.forEach(cursor -> assertThat(values(take(cursor, 1_000))).isEqualTo(range(0, 1_000)));
            assertThat(fixture.log().decodedBlocks)
                    .isEqualTo(fixture.log().blocks().size());
        }
    }

    @Nested
    class ASlowReader {
        @Test
        void holdsBackItsOwnQueryOnlyAndMissesNothing() {
            use(100);
            ResultCursor slow = fixture.continuous(scan(1), StartPosition.NOW);
            ResultCursor fast = fixture.continuous(scan(1), StartPosition.NOW);
            for (int i = 0; i < 50; i++) {
                appendRange(i * 100L, i * 100L + 100);
                assertThat(values(take(fast, 100))).isEqualTo(range(i * 100L, i * 100L + 100));
            }
            fixture.engine.flush();
            assertThat(fixture.engine.queries().get(0).metrics().rowsOut()).isLessThan(400);
            assertThat(values(take(slow, 5_000))).isEqualTo(range(0, 5_000));
            appendRange(5_000, 5_010);
            assertThat(values(take(slow, 10))).isEqualTo(range(5_000, 5_010));
        }

        @Test
        void ofABoundedResultHoldsNoThread() {
            use(100);
            appendRange(0, 3_000);
            List<ResultCursor> forgotten = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                forgotten.add(fixture.bounded(scan(1)));
            }
            assertThat(values(all(fixture.bounded(scan(1))))).isEqualTo(range(0, 3_000));
            forgotten.forEach(cursor -> assertThat(values(all(cursor))).isEqualTo(range(0, 3_000)));
        }
    }

    @Nested
    class AQueryEnds {
        @Test
        void whenItsReaderCancelsIt() {
            ResultCursor cursor = fixture.continuous(scan(1), StartPosition.NOW);
            appendRange(0, 10);
            fixture.engine.flush();
            cursor.cancel(new MillraceException(ErrorCode.CANCELLED, "enough"));
            assertFails(() -> cursor.poll(1), ErrorCode.CANCELLED, "enough");
            assertThat(fixture.engine.queries()).isEmpty();
        }

        @Test
        void whenItsReaderClosesIt() {
            ResultCursor cursor = fixture.continuous(scan(1), StartPosition.NOW);
            cursor.close();
            assertThat(cursor.isFinished()).isTrue();
            assertThat(fixture.engine.queries()).isEmpty();
        }

        @Test
        void whenItIsKilled() {
            ResultCursor cursor = fixture.continuous(scan(1), StartPosition.NOW);
            QueryStatus status = fixture.engine.queries().get(0);
            assertThat(status.continuous()).isTrue();
            assertThat(fixture.engine.kill(status.id())).isTrue();
            assertThat(fixture.engine.kill(status.id())).isFalse();
            assertFails(() -> next(cursor, 1), ErrorCode.CANCELLED, "KILL");
        }

        @Test
        void whenItsTimeIsOver() {
            QueryOptions limited = new QueryOptions("", "", 0, 2_500_000_000L);
            ResultCursor cursor = fixture.engine.execute(scan(1), output(scan(1)), true, StartPosition.NOW, limited);
            fixture.clock.advance(2 * SECOND);
            fixture.engine.flush();
            assertThat(cursor.poll(1)).isNull();
            fixture.clock.advance(SECOND);
            assertFails(() -> next(cursor, 1), ErrorCode.TIMED_OUT, "query timed out after 2500 ms");
        }

        @Test
        void whenItsBoundedResultIsNotFetchedInTime() {
            use(100);
            appendRange(0, 3_000);
            QueryOptions limited = new QueryOptions("", "", 0, 1_000_000_000L);
            ResultCursor cursor = fixture.engine.execute(scan(1), output(scan(1)), false, StartPosition.NOW, limited);
            next(cursor, 10);
            fixture.clock.advance(SECOND);
            long deadline = System.nanoTime() + 20 * 1_000_000_000L;
            while (!fixture.engine.queries().isEmpty()) { // another thread ends it
                assertThat(System.nanoTime()).isLessThan(deadline);
                Thread.onSpinWait();
            }
            assertFails(() -> cursor.poll(1), ErrorCode.TIMED_OUT, "query timed out after 1 s");
        }

        @Test
        void whenItsStreamIsDroppedAfterTheRowsBefore() {
            ResultCursor tail = fixture.continuous(scan(1), StartPosition.NOW);
            appendRange(0, 10);
            fixture.engine.flush();
            MemoryLog log = fixture.log();
            fixture.engine.dropStream(1);
            assertThat(log.closed).isTrue();
            assertThat(fixture.logs).isEmpty();
            assertThat(values(take(tail, 10))).isEqualTo(range(0, 10));
            assertFails(() -> tail.poll(1), ErrorCode.UNDEFINED_OBJECT, "stream \"s1\" has been dropped");
            assertFails(() -> fixture.bounded(scan(1)), ErrorCode.UNDEFINED_OBJECT, "does not exist");
            assertThatThrownBy(() -> appendRange(0, 1)).isInstanceOf(CompletionException.class);
        }

        @Test
        void whenItsStreamIsDroppedAsItStarts() throws Exception {
            for (int round = 0; round < 200; round++) {
                long stream = 100 + round;
                fixture.engine.openStream(EngineFixture.stream(stream, true));
                fixture.append(stream, List.<Object[]>of(row(1L, 1, 10)));
                Thread dropping = new Thread(() -> fixture.engine.dropStream(stream));
                dropping.start();
                try {
                    ResultCursor tail = fixture.continuous(scan(stream), StartPosition.BEGINNING);
                    ResultCursor all = fixture.bounded(scan(stream));
                    assertThatThrownBy(() -> take(tail, 2)).hasMessageContaining("has been dropped");
                    assertThatCode(() -> all(all))
                            .satisfies(end -> assertThat(
                                            end == null || end.getMessage().contains("has been dropped"))
                                    .isTrue());
                } catch (MillraceException tooLate) {
                    assertThat(tooLate.code()).isEqualTo(ErrorCode.UNDEFINED_OBJECT);
                }
                dropping.join();
                assertThat(fixture.engine.queries()).isEmpty();
            }
        }

        @Test
        void whenTheEngineIsClosed() {
            ResultCursor tail = fixture.continuous(scan(1), StartPosition.NOW);
            fixture.engine.close();
            assertFails(() -> tail.poll(1), ErrorCode.SHUTTING_DOWN, "shutting down");
            assertFails(() -> fixture.bounded(scan(1)), ErrorCode.SHUTTING_DOWN, "shutting down");
        }

        @Test
        void whenABlockIsDamagedAndOthersGoOn() {
            appendRange(0, 1);
            fixture.log().damagedLsn = 0;
            ResultCursor all = fixture.continuous(scan(1), StartPosition.BEGINNING);
            ResultCursor tail = fixture.continuous(scan(1), StartPosition.NOW);
            assertFails(() -> next(all, 1), ErrorCode.DATA_CORRUPTED, "block 0");
            assertFails(() -> all(fixture.bounded(scan(1))), ErrorCode.DATA_CORRUPTED, "block 0");
            appendRange(1, 2);
            assertThat(values(take(tail, 1))).containsExactly(1L);
        }
    }

    @Nested
    class AnAppend {
        @Test
        void ofNullToANotNullColumnIsRefused() {
            assertThatThrownBy(() -> fixture.append(new Object[] {BEGIN, null, 1L}))
                    .hasRootCauseInstanceOf(MillraceException.class)
                    .hasRootCauseMessage("null value in column \"k\" of stream \"s1\" violates not-null constraint");
            assertThat(fixture.engine.status(1).rows()).isZero();
        }

        @Test
        void isCountedByTheOddityOfItsTime() {
            fixture.append(row(100L, 1, 1), row(50L, 1, 1), row(null, 1, 1), row(1_000_000L, 1, 1));
            assertThat(fixture.engine.status(1))
                    .isEqualTo(
                            new StreamStatus(4, 0, Long.MIN_VALUE, 400, 0, null, BEGIN + 95 * SECOND, 1, 1, 1, null));
        }

        @Test
        void reachesABoundedQueryThatBeginsAfterIt() {
            for (int i = 0; i < 100; i++) {
                appendRange(i, i + 1);
                assertThat(all(fixture.bounded(scan(1)))).hasSize(i + 1);
            }
        }
    }

    @Test
    void aWindowOnTheMachinesClockIsThereSoonAfterItsEnd() {
        fixture.close();
        SystemClock clock = new SystemClock();
        fixture = new EngineFixture(1, 100, 1000, clock).open();
        WindowSpec window = WindowSpec.tumble(SECOND / 10, 0);
        ResultCursor cursor = fixture.continuous(windows(window, TimeAttribute.ROW_TIME), StartPosition.NOW);
        fixture.append(row(0L, 1, 10));
        long end = take(cursor, 1).get(0).get(2);
        assertThat(clock.epochMicros()).isBetween(end, end + 2 * SECOND);
    }

    @Test
    void aHundredQueriesWithStartsOfTheirOwnRunAtOnce() {
        List<ResultCursor> cursors = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            appendRange(i * 10L, i * 10L + 10);
            StartPosition start = i % 2 == 0 ? StartPosition.NOW : StartPosition.BEGINNING;
            cursors.add(fixture.engine.execute(scan(1), output(scan(1)), true, start, options()));
        }
        appendRange(1_000, 1_010);
        for (int i = 0; i < 100; i++) {
            long from = i % 2 == 0 ? i * 10L + 10 : 0;
            ResultCursor cursor = cursors.get(i);
            assertThat(values(take(cursor, (int) (1_010 - from)))).isEqualTo(range(from, 1_010));
        }
        assertThat(fixture.engine.queries()).hasSize(100);
        assertThat(fixture.engine.queries().get(0).metrics().position()).isEqualTo(1_010);
    }

    @Test
    void rowsAreHandedOutInPartsOfTheSizeAskedFor() {
        appendRange(0, 1_000);
        ResultCursor cursor = fixture.bounded(scan(1));
        List<Long> values = new ArrayList<>();
        for (ResultBatch batch = next(cursor, 7); batch != null; batch = next(cursor, 7)) {
            assertThat(batch.rowCount()).isLessThanOrEqualTo(7);
            values.addAll(values(rows(batch)));
        }
        assertThat(values).isEqualTo(range(0, 1_000));
    }
}
