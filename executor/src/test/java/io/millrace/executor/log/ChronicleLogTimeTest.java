package io.millrace.executor.log;

import static io.millrace.executor.log.LogFixture.expected;
import static io.millrace.executor.log.LogFixture.numbered;
import static io.millrace.executor.log.LogFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.DataType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Append times and watermarks of a log. */
@Timeout(60)
class ChronicleLogTimeTest {
    private static final long DAY = 86_400_000_000L;

    @TempDir
    Path directory;

    private final LogFixture.TestClock clock = new LogFixture.TestClock();
    private final LogFixture.TestDisk disk = new LogFixture.TestDisk();

    private ChronicleLog open() {
        return ChronicleLog.open(directory, LogFixture.options(clock), disk);
    }

    private static AppendResult append(Log log, long from, int count) {
        return log.append(numbered(from, count), count, null).join();
    }

    private static void assertFails(CompletableFuture<?> future, String sqlState, String text) {
        assertThatThrownBy(future::join).cause().isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.sqlState()).isEqualTo(sqlState);
            assertThat(e.getMessage()).contains(text);
        });
    }

    @Nested
    class Time {
        @Test
        void never_goes_back_when_the_clock_does() {
            try (ChronicleLog log = open()) {
                append(log, 0, 1);
                clock.micros.addAndGet(-3 * DAY);
                append(log, 1, 1);
                try (LogReader reader = log.reader(0)) {
                    reader.next(9);
                    long first = reader.appendTime();
                    reader.next(9);
                    assertThat(reader.appendTime()).isEqualTo(first);
                    assertThat(reader.watermarkAfter()).isEqualTo(first);
                }
            }
            try (ChronicleLog log = open()) {
                append(log, 2, 1);
                assertThat(readAll(log)).isEqualTo(expected(3));
                assertThat(log.end().time()).isEqualTo(1_800_000_000_000_000L);
            }
        }

        @Test
        void promised_by_a_tick_is_kept() {
            long now = clock.micros.get();
            try (ChronicleLog log = open()) {
                assertThat(log.tick(now + 50).time()).isEqualTo(now + 50);
                append(log, 0, 1);
                try (LogReader reader = log.reader(0)) {
                    reader.next(9);
                    assertThat(reader.appendTime()).isEqualTo(now + 50);
                }
            }
        }

        @Test
        void of_a_tick_is_not_later_than_what_is_being_written() {
            long now = clock.micros.get();
            CountDownLatch written = new CountDownLatch(1);
            CountDownLatch release = new CountDownLatch(1);
            try (ChronicleLog log = open()) {
                disk.afterBlock = lsn -> {
                    written.countDown();
                    awaitQuietly(release);
                };
                CompletableFuture<AppendResult> append = log.append(numbered(0, 1), 1, null);
                awaitQuietly(written);
                LogEnd end = log.tick(now + 50);
                assertThat(end.time()).isEqualTo(now);
                assertThat(end.nextLsn()).isZero();
                release.countDown();
                append.join();
                assertThat(log.tick(now + 60).time()).isEqualTo(now + 60);
            }
        }

        @Test
        void finds_the_block_to_begin_with() {
            long start = clock.micros.get();
            try (ChronicleLog log = open()) {
                for (int i = 0; i < 600; i++) {
                    append(log, i, 1);
                    clock.micros.incrementAndGet();
                }
                assertThat(log.firstBlockSince(start, true)).isZero();
                assertThat(log.firstBlockSince(start + 300, true)).isEqualTo(256);
                assertThat(log.firstBlockSince(start + 599, false)).isEqualTo(512);
                assertThat(log.firstBlockSince(start + 600, true)).isEqualTo(600);
            }
        }
    }

    @Nested
    class The_watermark {
        private final LogOptions options = new LogOptions(
                "words",
                List.of(DataType.timestamp(3)),
                0,
                (columns, from, to, appendTime) -> {
                    long highest = Watermarks.NONE;
                    for (int row = from; row < to; row++) {
                        long time = ((LongColumn) columns.get(0)).get(row);
                        if (time == 666) {
                            throw new ArithmeticException("666");
                        }
                        highest = Math.max(highest, time - 10);
                    }
                    return highest;
                },
                true,
                clock);

        @Test
        void is_the_highest_so_far_and_can_be_moved() {
            try (ChronicleLog log = ChronicleLog.open(directory, options, disk)) {
                assertThat(log.end().watermark()).isEqualTo(Watermarks.NONE);
                log.append(List.of(LogFixture.longs(100, 50)), 2, null).join();
                log.append(List.of(LogFixture.longs(70)), 1, null).join();
                assertThat(log.end().watermark()).isEqualTo(90);
                log.appendWatermark(80);
                assertThat(log.end())
                        .extracting(LogEnd::nextLsn, LogEnd::watermark)
                        .containsExactly(2L, 90L);
                log.appendWatermark(200);
                assertThat(log.end())
                        .extracting(LogEnd::nextLsn, LogEnd::rowCount, LogEnd::watermark)
                        .containsExactly(3L, 3L, 200L);
            }
            try (ChronicleLog log = ChronicleLog.open(directory, options, disk);
                    LogReader reader = log.reader(1)) {
                assertThat(log.end().watermark()).isEqualTo(200);
                reader.next(9);
                assertThat(reader.minTime()).isEqualTo(70);
                reader.next(9);
                assertThat(reader.block().rowCount()).isZero();
                assertThat(reader.watermarkBefore()).isEqualTo(90);
                assertThat(reader.watermarkAfter()).isEqualTo(200);
                assertThat(reader.maxTime()).isEqualTo(Long.MIN_VALUE);
            }
        }

        @Test
        void that_cannot_be_told_fails_only_its_own_append() {
            CountDownLatch release = new CountDownLatch(1);
            try (ChronicleLog log = ChronicleLog.open(directory, options, disk)) {
                disk.afterBlock = lsn -> awaitQuietly(release);
                CompletableFuture<AppendResult> first = log.append(List.of(LogFixture.longs(1)), 1, null);
                CompletableFuture<AppendResult> good = log.append(List.of(LogFixture.longs(2)), 1, null);
                long[] many = new long[9000];
                many[8999] = 666;
                CompletableFuture<AppendResult> bad = log.append(List.of(LogFixture.longs(many)), 9000, null);
                CompletableFuture<AppendResult> alsoGood = log.append(List.of(LogFixture.longs(3)), 1, null);
                release.countDown();
                first.join();
                good.join();
                assertFails(bad, "XX000", "666");
                assertThat(alsoGood.join().firstRow()).isEqualTo(2);
                assertThat(log.end().rowCount()).isEqualTo(3);
            }
            try (ChronicleLog log = ChronicleLog.open(directory, options, disk);
                    LogReader reader = log.reader(0)) {
                while (reader.next(Long.MAX_VALUE)) {
                    assertThat(reader.block().rowCount()).isPositive();
                }
                assertThat(log.end().rowCount()).isEqualTo(3);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited too long");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
