package io.millrace.executor;

import static io.millrace.executor.EngineFixture.BEGIN;
import static io.millrace.executor.EngineFixture.SECOND;
import static io.millrace.executor.EngineFixture.all;
import static io.millrace.executor.EngineFixture.row;
import static io.millrace.executor.EngineFixture.take;
import static io.millrace.executor.EngineFixture.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.executor.log.AppendResult;
import io.millrace.executor.metrics.OperatorMetrics;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.time.Watermarks;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.StartPosition;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamEngineWindowsTest {
    private static final WindowSpec TEN_SECONDS = WindowSpec.tumble(10 * SECOND, 0);

    private final EngineFixture fixture = EngineFixture.withDefaults().open();

    @AfterEach
    void close() {
        fixture.close();
        fixture.logs.values().forEach(log -> assertThat(log.openReaders.get()).isZero());
    }

    @Nested
    class AWindow {
        @Test
        void overTheAppendTimeClosesWhenTheClockReachesItsEnd() {
            ResultCursor cursor = fixture.continuous(windows(TEN_SECONDS, TimeAttribute.ROW_TIME), StartPosition.NOW);
            fixture.append(row(0L, 1, 10), row(0L, 1, 11));
            fixture.clock.advance(10 * SECOND - 1);
            fixture.engine.flush();
            assertThat(cursor.poll(1)).isNull();

            fixture.clock.advance(1);
            assertThat(take(cursor, 1)).containsExactly(List.of(1L, BEGIN, BEGIN + 10 * SECOND, 2L, 21L));
        }

        @Test
        void isNotClosedByTheTimeThatRecoveryTakes() {
            fixture.append(row(1L, 1, 10), row(14L, 1, 20));
            ResultCursor cursor =
                    fixture.continuous(windows(TEN_SECONDS, TimeAttribute.EVENT_TIME), StartPosition.BEGINNING);
            fixture.engine.flush();
            fixture.clock.advance(EngineFixture.IDLE - 1);
            fixture.engine.awake();
            fixture.clock.advance(EngineFixture.IDLE - 1);
            fixture.append(row(9L, 1, 5), row(15L, 1, 1));
            assertThat(take(cursor, 1)).containsExactly(List.of(1L, BEGIN, BEGIN + 10 * SECOND, 2L, 15L));
            assertThat(fixture.engine.status(1).lateRows()).isEqualTo(0);
        }

        @Test
        void closesByTheWatermarkOfTheRows() {
            ResultCursor cursor = fixture.continuous(windows(TEN_SECONDS, TimeAttribute.EVENT_TIME), StartPosition.NOW);
            fixture.append(row(1L, 1, 10));
            fixture.append(row(14L, 1, 20));
            fixture.append(row(2L, 1, 1));
            fixture.engine.flush();
            assertThat(cursor.poll(1)).isNull();

            fixture.append(row(15L, 1, 30), row(3L, 1, 1_000));
            assertThat(take(cursor, 1)).containsExactly(List.of(1L, BEGIN, BEGIN + 10 * SECOND, 2L, 11L));
            assertThat(fixture.engine.status(1).lateRows()).isEqualTo(2);
            fixture.engine.flush();
            QueryMetrics metrics =
                    fixture.engine.metrics(fixture.engine.queries().get(0).id());
            assertThat(metrics.rowsIn()).isEqualTo(5);
            assertThat(metrics.rowsOut()).isEqualTo(1);
            assertThat(metrics.lateRows()).isEqualTo(1);
            assertThat(metrics.stateBytes()).isPositive();
            assertThat(metrics.operators())
                    .extracting(OperatorMetrics::operator, OperatorMetrics::rowsIn)
                    .containsExactly(tuple("WindowAggregate", 5L), tuple("Result", 1L));
        }

        @Test
        void closesWhenTheStreamHasBeenSilentLongEnough() {
            ResultCursor cursor = fixture.continuous(windows(TEN_SECONDS, TimeAttribute.EVENT_TIME), StartPosition.NOW);
            fixture.append(row(1L, 1, 10)); // the watermark is 4 s before the window
            fixture.clock.advance(14 * SECOND - 1);
            fixture.engine.flush();
            assertThat(cursor.poll(1)).isNull();

            fixture.clock.advance(1);
            assertThat(take(cursor, 1)).containsExactly(List.of(1L, BEGIN, BEGIN + 10 * SECOND, 1L, 10L));
            assertThat(fixture.log().end().watermark()).isEqualTo(BEGIN + 10 * SECOND);
        }

        @Test
        void isNotClosedBeforeTheIdleTimeout() {
            ResultCursor cursor = fixture.continuous(windows(TEN_SECONDS, TimeAttribute.EVENT_TIME), StartPosition.NOW);
            fixture.append(row(14L, 1, 10), row(9L, 1, 20));
            fixture.clock.advance(10 * SECOND - 1);
            fixture.engine.flush();
            assertThat(cursor.poll(1)).isNull();
            fixture.clock.advance(1);
            assertThat(take(cursor, 1)).containsExactly(List.of(1L, BEGIN, BEGIN + 10 * SECOND, 1L, 20L));
        }

        @Test
        void thatIsOpenWhenTheQueryBeginsIsComplete() {
            fixture.append(row(1L, 1, 10));
            fixture.append(row(11L, 1, 20));
            fixture.append(row(21L, 1, 30)); // closes the first
            ResultCursor cursor = fixture.continuous(windows(TEN_SECONDS, TimeAttribute.EVENT_TIME), StartPosition.NOW);
            fixture.append(row(12L, 1, 40));
            fixture.append(row(25L, 1, 50));
            assertThat(take(cursor, 1)).containsExactly(List.of(1L, BEGIN + 10 * SECOND, BEGIN + 20 * SECOND, 2L, 60L));
        }

        @Test
        void thatIsOpenIsShownByABoundedQuery() {
            fixture.append(row(1L, 1, 10), row(2L, 2, 20));
            assertThat(all(fixture.bounded(windows(TEN_SECONDS, TimeAttribute.EVENT_TIME))))
                    .containsExactly(
                            List.of(1L, BEGIN, BEGIN + 10 * SECOND, 1L, 10L),
                            List.of(2L, BEGIN, BEGIN + 10 * SECOND, 1L, 20L));
        }
    }

    @Nested
    class ASilentStream {
        @Test
        void writesNothingWhileNoWindowIsOpen() {
            fixture.append(row(1L, 1, 10));
            for (int i = 0; i < 20; i++) {
                fixture.clock.advance(100 * SECOND);
                fixture.engine.flush();
            }
            assertThat(fixture.log().blocks()).hasSize(1);
            assertThat(fixture.engine.status(1).watermark()).isEqualTo(BEGIN + (1 - 5 + 2_000) * SECOND);
        }

        @Test
        void movesItsWatermarkBeforeTheRowThatEndsTheSilence() {
            fixture.append(row(1L, 1, 10));
            fixture.clock.advance(60 * SECOND);
            fixture.append(row(2L, 1, 20));
            assertThat(fixture.engine.status(1).lateRows()).isEqualTo(1);
            assertThat(all(fixture.bounded(windows(TEN_SECONDS, TimeAttribute.EVENT_TIME))))
                    .containsExactly(List.of(1L, BEGIN, BEGIN + 10 * SECOND, 1L, 10L));
        }

        @Test
        void isNotOneWhoseRowsWaitForTheDisk() {
            fixture.append(row(20L, 1, 10));
            fixture.log().hold();
            fixture.clock.advance(2 * SECOND);
            List<CompletableFuture<AppendResult>> waiting = new ArrayList<>();
            waiting.add(fixture.engine.append(1, EngineFixture.columns(List.<Object[]>of(row(22L, 1, 1))), 1, null));
            fixture.clock.advance(9 * SECOND);
            waiting.add(fixture.engine.append(1, EngineFixture.columns(List.<Object[]>of(row(23L, 1, 1))), 1, null));
            fixture.log().release();
            waiting.forEach(CompletableFuture::join);
            fixture.append(row(23L, 1, 1));
            assertThat(fixture.engine.status(1).lateRows()).isZero();
            assertThat(fixture.log().blocks()).hasSize(4);
        }

        @Test
        void keepsItsWatermarkWhenTheEngineIsClosed() {
            fixture.append(row(1L, 1, 10));
            fixture.clock.advance(60 * SECOND);
            MemoryLog log = fixture.log();
            fixture.engine.close();
            assertThat(log.end().watermark()).isEqualTo(BEGIN + (1 - 5 + 60) * SECOND);
        }

        @Test
        void withoutARowHasNoWatermark() {
            fixture.clock.advance(60 * SECOND);
            assertThat(fixture.engine.status(1).watermark()).isEqualTo(Watermarks.NONE);
            fixture.append(row(1L, 1, 10));
            assertThat(fixture.engine.status(1).lateRows()).isZero();
        }
    }
}
