package io.millrace.executor.log;

import static io.millrace.executor.log.LogFixture.expected;
import static io.millrace.executor.log.LogFixture.numbered;
import static io.millrace.executor.log.LogFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChronicleLogTest {
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
    class Rows {
        @Test
        void are_read_in_the_order_of_their_appends() {
            try (ChronicleLog log = open()) {
                assertThat(append(log, 0, 1)).isEqualTo(new AppendResult(0, 0, 1, false));
                assertThat(append(log, 1, 5000)).isEqualTo(new AppendResult(2, 1, 5000, false));
                assertThat(append(log, 5001, 0).rows()).isZero();
                assertThat(log.end().rowCount()).isEqualTo(5001);
                assertThat(readAll(log)).isEqualTo(expected(5001));
            }
        }

        @Test
        void are_there_after_a_restart_and_more_can_follow() {
            for (int run = 0; run < 4; run++) {
                try (ChronicleLog log = open()) {
                    assertThat(log.end().rowCount()).isEqualTo(run * 100L);
                    assertThat(readAll(log)).isEqualTo(expected(run * 100));
                    append(log, run * 100L, 60);
                    append(log, run * 100L + 60, 40);
                    assertThat(readAll(log)).isEqualTo(expected(run * 100 + 100));
                    assertThat(log.end().nextLsn()).isEqualTo(run * 2L + 2);
                }
            }
        }

        @Test
        void of_many_threads_are_each_there_once_and_in_the_order_of_their_thread() throws Exception {
            int threads = 16;
            int perThread = 200;
            try (ChronicleLog log = open()) {
                CountDownLatch done = new CountDownLatch(threads);
                List<Throwable> problems = new ArrayList<>();
                for (int t = 0; t < threads; t++) {
                    long base = t * 1_000_000L;
                    new Thread(() -> {
                                try {
                                    for (int i = 0; i < perThread; i++) {
                                        append(log, base + i, 1);
                                    }
                                } catch (Throwable e) {
                                    synchronized (problems) {
                                        problems.add(e);
                                    }
                                } finally {
                                    done.countDown();
                                }
                            })
                            .start();
                }
                assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();
                assertThat(problems).isEmpty();
                assertThat(disk.forces.get()).as("syncs are shared").isLessThan(threads * perThread / 2);
                List<String> rows = readAll(log);
                assertThat(rows).hasSize(threads * perThread);
                for (int t = 0; t < threads; t++) {
                    long base = t * 1_000_000L;
                    List<String> mine = rows.stream()
                            .filter(row -> Long.parseLong(row.split(" ")[0]) / 1_000_000 == base / 1_000_000)
                            .toList();
                    for (int i = 0; i < perThread; i++) {
                        assertThat(mine.get(i)).isEqualTo(base + i + " " + LogFixture.word(base + i));
                    }
                }
            }
        }

        @Test
        void that_are_too_many_bytes_for_a_block_take_several() {
            String big = "x".repeat(3 << 20);
            List<Column> columns =
                    List.of(LogFixture.longs(1, 2, 3, 4, 5), LogFixture.strings(big, big, big, "y", big));
            try (ChronicleLog log = open()) {
                assertThat(log.append(columns, 5, null).join().lsn()).isEqualTo(1);
                assertThat(readAll(log)).hasSize(5).element(3).isEqualTo("4 y");
                assertFails(
                        log.append(List.of(LogFixture.longs(1), LogFixture.strings("x".repeat(9 << 20))), 1, null),
                        "53400",
                        "a row of 9437196 bytes is too large for stream \"words\"");
                assertThat(log.end().nextLsn()).isEqualTo(2);
            }
        }

        @Test
        void are_not_seen_before_their_append_is_durable_as_a_whole() {
            try (ChronicleLog log = open()) {
                append(log, 0, 1);
                List<Long> ends = new ArrayList<>();
                disk.afterBlock = lsn -> ends.add(log.end().rowCount());
                append(log, 1, 20_000);
                assertThat(ends).containsOnly(1L).hasSize(5);
                assertThat(log.end().rowCount()).isEqualTo(20_001);
            }
        }

        @Test
        void roll_to_a_new_file_each_day() throws IOException {
            try (ChronicleLog log = open();
                    LogReader reader = log.reader(0)) {
                List<String> rows = new ArrayList<>();
                for (int day = 0; day < 3; day++) {
                    append(log, day * 10L, 10);
                    LogFixture.readRest(reader, rows);
                    clock.micros.addAndGet(DAY);
                }
                assertThat(rows).isEqualTo(expected(30));
                assertThat(readAll(log)).isEqualTo(expected(30));
            }
            assertThat(LogFixtureFiles.queueFiles(directory)).hasSize(3);
            try (ChronicleLog log = open()) {
                assertThat(readAll(log)).isEqualTo(expected(30));
            }
        }
    }

    @Nested
    class A_reader {
        @Test
        void begins_at_any_block_and_ends_before_any() {
            try (ChronicleLog log = open()) {
                for (int i = 0; i < 600; i++) {
                    append(log, i, 1);
                }
                for (long lsn : new long[] {0, 1, 255, 256, 257, 599, 600}) {
                    try (LogReader reader = log.reader(lsn)) {
                        assertThat(reader.nextLsn()).isEqualTo(lsn);
                        assertThat(reader.next(599)).isEqualTo(lsn < 599);
                        if (lsn < 599) {
                            assertThat(reader.lsn()).isEqualTo(lsn);
                            assertThat(((LongColumn) reader.block().column(0)).get(0))
                                    .isEqualTo(lsn);
                        }
                    }
                }
                assertThatThrownBy(() -> log.reader(601)).isInstanceOf(IllegalArgumentException.class);
            }
        }

        @Test
        void may_be_handed_from_thread_to_thread() throws Exception {
            try (ChronicleLog log = open();
                    LogReader reader = log.reader(0)) {
                List<String> rows = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    append(log, i * 10L, 10);
                    Thread thread = new Thread(() -> LogFixture.readRest(reader, rows));
                    thread.start();
                    thread.join();
                }
                assertThat(rows).isEqualTo(expected(40));
            }
        }

        @Test
        void follows_from_generation_to_generation() {
            for (int run = 0; run < 3; run++) {
                try (ChronicleLog log = open();
                        LogReader reader = log.reader(0)) {
                    List<String> rows = new ArrayList<>();
                    LogFixture.readRest(reader, rows);
                    append(log, run * 10L, 10);
                    LogFixture.readRest(reader, rows);
                    assertThat(rows).isEqualTo(expected(run * 10 + 10));
                }
            }
        }

        @Test
        void reads_on_in_a_thread_that_was_interrupted() {
            try (ChronicleLog log = open();
                    LogReader reader = log.reader(0)) {
                append(log, 0, 10);
                Thread.currentThread().interrupt();
                List<String> rows = new ArrayList<>();
                LogFixture.readRest(reader, rows);
                assertThat(Thread.interrupted()).isTrue();
                assertThat(rows).isEqualTo(expected(10));
            }
        }

        @Test
        void that_is_closed_holds_no_file() throws IOException {
            try (ChronicleLog log = open()) {
                append(log, 0, 10);
            }
            for (int i = 0; i < 20; i++) {
                try (ChronicleLog log = open()) {
                    readAll(log);
                    append(log, 10 + i * 10L, 10);
                    readAll(log);
                    readAll(log);
                }
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (openFiles() > 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait(); // the queue lets go of its files on a thread of its own
            }
            assertThat(openFiles()).isZero();
        }

        private long openFiles() throws IOException {
            Path handles = Path.of("/proc/self/fd");
            if (!Files.isDirectory(handles)) {
                return 0;
            }
            long open = 0;
            try (var links = Files.list(handles)) {
                for (Path link : links.toList()) {
                    if (Files.isSymbolicLink(link)
                            && Files.readSymbolicLink(link).startsWith(directory.toRealPath())) {
                        open++;
                    }
                }
            } catch (java.nio.file.NoSuchFileException e) {
                return openFiles(); // closed meanwhile
            }
            return open;
        }

        @Test
        void is_refused_once_the_log_is_closed() {
            ChronicleLog log = open();
            append(log, 0, 1);
            try (LogReader reader = log.reader(0)) {
                log.close();
                assertThatThrownBy(() -> reader.next(9)).hasMessageContaining("closed");
                assertFails(log.append(numbered(0, 1), 1, null), "57P01", "closed");
            }
        }
    }

    @Nested
    class An_append_that_is_sent_again {
        private final UUID producer = new UUID(3, 4);

        private AppendResult send(Log log, long sequence, int count) {
            return log.append(numbered(log.end().rowCount(), count), count, ProducerSequence.of(producer, sequence, 0))
                    .join();
        }

        @Test
        void is_answered_with_where_it_went() {
            AppendResult first;
            try (ChronicleLog log = open()) {
                first = send(log, 0, 3);
                AppendResult second = send(log, 1, 9000);
                assertThat(send(log, 1, 9000)).isEqualTo(new AppendResult(second.lsn(), second.firstRow(), 9000, true));
                assertThat(log.end().rowCount()).isEqualTo(9003);
                assertFails(
                        log.append(numbered(0, 1), 1, ProducerSequence.of(producer, 0, 0)),
                        "22023",
                        "comes after sequence 65536");
            }
            assertThat(first.duplicate()).isFalse();
            try (ChronicleLog log = open()) {
                assertThat(send(log, 1, 9000).duplicate()).isTrue();
                assertThat(send(log, 7, 1)).isEqualTo(new AppendResult(4, 9003, 1, false));
            }
        }

        @Test
        void is_known_as_an_earlier_step_of_its_request() {
            AppendResult last;
            try (ChronicleLog log = open()) {
                for (int step = 0; step < 3; step++) {
                    log.append(numbered(step, 1), 1, ProducerSequence.of(producer, 8, step))
                            .join();
                }
            }
            try (ChronicleLog log = open()) {
                last = log.append(numbered(1, 1), 1, ProducerSequence.of(producer, 8, 1))
                        .join();
                assertThat(last.duplicate()).isTrue();
                assertThat(log.append(numbered(3, 1), 1, ProducerSequence.of(producer, 8, 3))
                                .join()
                                .duplicate())
                        .isFalse();
                assertThat(log.end().rowCount()).isEqualTo(4);
            }
        }

        @Test
        void waits_for_the_first_when_that_is_on_its_way() {
            CountDownLatch release = new CountDownLatch(1);
            try (ChronicleLog log = open()) {
                disk.afterBlock = lsn -> awaitQuietly(release);
                ProducerSequence sequence = new ProducerSequence(producer, 5);
                CompletableFuture<AppendResult> first = log.append(numbered(0, 2), 2, sequence);
                CompletableFuture<AppendResult> again = log.append(numbered(0, 2), 2, sequence);
                assertThat(again).isNotDone();
                release.countDown();
                assertThat(first.join().duplicate()).isFalse();
                assertThat(again.join()).isEqualTo(new AppendResult(0, 0, 2, true));
                assertThat(log.end().rowCount()).isEqualTo(2);
            }
        }
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

    @Nested
    class Faults {
        @Test
        void a_full_disk_refuses_appends_until_there_is_space() {
            try (ChronicleLog log = open()) {
                append(log, 0, 1);
                disk.usable = 100 << 20;
                assertFails(log.append(numbered(1, 1), 1, null), "53100", "100 MB are free, 256 MB are needed");
                assertThat(readAll(log)).isEqualTo(expected(1));
                disk.usable = Long.MAX_VALUE;
                append(log, 1, 1);
                assertThat(readAll(log)).isEqualTo(expected(2));
            }
        }

        @Test
        void a_failed_write_stops_the_log_and_loses_nothing_acknowledged() {
            try (ChronicleLog log = open()) {
                append(log, 0, 10);
                disk.afterBlock = lsn -> {
                    if (lsn == 2) {
                        throw new InternalError("a fault occurred in a recent unsafe memory access operation");
                    }
                };
                assertFails(log.append(numbered(10, 10_000), 10_000, null), "58030", "has failed");
                assertFails(log.append(numbered(10, 1), 1, null), "58030", "has failed");
                assertThat(readAll(log)).isEqualTo(expected(10));
            }
            disk.afterBlock = lsn -> {};
            try (ChronicleLog log = open()) {
                append(log, 10, 5);
                assertThat(readAll(log)).isEqualTo(expected(15));
            }
        }

        @Test
        void a_failed_sync_is_never_tried_again() {
            try (ChronicleLog log = open()) {
                append(log, 0, 10);
                disk.beforeForce = () -> {
                    throw new IllegalStateException("Input/output error");
                };
                assertFails(log.append(numbered(10, 1), 1, null), "58030", "Input/output error");
                disk.beforeForce = () -> {};
                assertFails(log.append(numbered(10, 1), 1, null), "58030", "Input/output error");
            }
        }

        @Test
        void a_second_opener_is_refused_and_told_who_holds_the_log() {
            try (ChronicleLog log = open()) {
                assertThatThrownBy(ChronicleLogTest.this::open)
                        .hasMessageContaining("is in use by process "
                                + ProcessHandle.current().pid());
                append(log, 0, 1);
            }
            Path data = directory.resolve("data");
            try (DataDirectoryLock held = DataDirectoryLock.acquire(data)) {
                assertThat(held).isNotNull();
                assertThatThrownBy(() -> DataDirectoryLock.acquire(data))
                        .hasMessageContaining("data directory")
                        .hasMessageContaining("Only one server");
            }
            DataDirectoryLock.acquire(data).close();
        }

        @Test
        void other_columns_are_refused() {
            try (ChronicleLog log = open()) {
                append(log, 0, 1);
            }
            LogOptions other =
                    new LogOptions("words", List.of(DataType.of(DataType.Kind.DOUBLE)), -1, null, true, clock);
            assertThatThrownBy(() -> ChronicleLog.open(directory, other)).hasMessageContaining("other columns");
        }

        @Test
        void a_slow_disk_slows_those_who_append() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            AtomicInteger sent = new AtomicInteger();
            try (ChronicleLog log = open()) {
                append(log, 0, 1);
                disk.afterBlock = lsn -> awaitQuietly(release);
                List<Column> large = List.of(LogFixture.longs(1), LogFixture.strings("x".repeat(4 << 20)));
                Thread sender = new Thread(() -> {
                    for (int i = 0; i < 40; i++) {
                        log.append(large, 1, null);
                        sent.incrementAndGet();
                    }
                });
                sender.start();
                while (sender.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                assertThat(sent.get()).isBetween(7, 18);
                release.countDown();
                sender.join();
            }
            try (ChronicleLog log = open()) {
                assertThat(log.end().rowCount()).isEqualTo(41);
            }
        }

        @Test
        void a_lost_manifest_is_made_again_from_the_blocks() throws IOException {
            for (int run = 0; run < 3; run++) {
                try (ChronicleLog log = open()) {
                    append(log, run * 10L, 10);
                }
                if (run == 1) {
                    Files.delete(directory.resolve(Manifest.FILE_NAME));
                } else {
                    Files.write(directory.resolve(Manifest.FILE_NAME), new byte[100]);
                }
            }
            try (ChronicleLog log = open()) {
                assertThat(readAll(log)).isEqualTo(expected(30));
            }
        }
    }

    @Nested
    class Generations {
        @Test
        void are_not_made_by_a_run_that_appends_nothing() throws IOException {
            for (int run = 0; run < 3; run++) {
                open().close();
            }
            assertThat(Generation.numbers(directory)).isEmpty();
        }

        @Test
        void that_hold_no_durable_block_are_replaced_by_the_next() throws IOException {
            try (ChronicleLog log = open()) {
                append(log, 0, 10);
            }
            disk.beforeForce = () -> {
                throw new IllegalStateException("Input/output error");
            };
            for (int run = 0; run < 5; run++) {
                try (ChronicleLog log = open()) {
                    assertFails(log.append(numbered(10, 1), 1, null), "58030", "Input/output error");
                }
            }
            assertThat(Generation.numbers(directory)).hasSizeLessThanOrEqualTo(2);
            disk.beforeForce = () -> {};
            for (int run = 1; run <= 2; run++) {
                try (ChronicleLog log = open()) {
                    append(log, run * 10L, 10);
                }
            }
            assertThat(Generation.numbers(directory)).hasSizeLessThanOrEqualTo(3);
            try (ChronicleLog log = open()) {
                assertThat(readAll(log)).isEqualTo(expected(30));
            }
        }

        @Test
        void that_the_manifest_does_not_name_are_deleted_when_empty() throws IOException {
            try (ChronicleLog log = open()) {
                append(log, 0, 10);
            }
            Path orphan = Files.createDirectory(directory.resolve("generation-000007"));
            Files.write(orphan.resolve("20270101.cq4"), new byte[10_000]);
            try (ChronicleLog log = open()) {
                assertThat(orphan).doesNotExist();
                assertThat(readAll(log)).isEqualTo(expected(10));
            }
        }

        @Test
        void that_are_newer_than_the_manifest_are_read_all_the_same() throws IOException {
            try (ChronicleLog log = open()) {
                append(log, 0, 10);
            }
            byte[] old = Files.readAllBytes(directory.resolve(Manifest.FILE_NAME));
            try (ChronicleLog log = open()) {
                append(log, 10, 10);
            }
            Files.write(directory.resolve(Manifest.FILE_NAME), old);
            try (ChronicleLog log = open()) {
                assertThat(readAll(log)).isEqualTo(expected(20));
            }
        }
    }

    @Nested
    class The_manifest {
        @Test
        void follows_the_log_so_that_little_is_read_after_a_crash() throws IOException {
            try (ChronicleLog log = open()) {
                append(log, 0, 1);
                append(log, 1, 1); // after which the writer has looked at the clock once
                clock.nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
                append(log, 2, 1);
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
                while (durable() < 2 && System.nanoTime() < deadline) {
                    Thread.onSpinWait();
                }
                assertThat(durable()).isGreaterThanOrEqualTo(2);
                assertThat(Manifest.read(directory).clean()).isFalse();
            }
            assertThat(Manifest.read(directory).clean()).isTrue();
        }

        private long durable() throws IOException {
            return Manifest.read(directory).index().end().nextLsn();
        }

        @Test
        void remembers_the_producers_that_appended_last() {
            ProducerTable table = new ProducerTable();
            for (int i = 0; i < 10_001; i++) {
                table.add(new ProducerEntry(new UUID(0, i), 1, new AppendResult(i, i, 1, false)));
            }
            assertThat(table.last(new UUID(0, 0))).isNull();
            assertThat(table.last(new UUID(0, 1))).isNotNull();
            assertThat(table.last(new UUID(0, 10_000)).result().lsn()).isEqualTo(10_000);
        }
    }

    @Test
    void a_log_that_does_not_sync_is_whole_after_it_was_closed() {
        LogOptions options = new LogOptions("words", LogFixture.NUMBER_AND_WORD, -1, null, false, clock);
        for (int run = 0; run < 2; run++) {
            try (ChronicleLog log = ChronicleLog.open(directory, options, disk)) {
                append(log, run * 50L, 50);
                assertThat(readAll(log)).isEqualTo(expected(run * 50 + 50));
            }
        }
    }

    @Test
    void columns_that_do_not_fit_are_refused() {
        try (ChronicleLog log = open()) {
            assertThatThrownBy(() -> log.append(numbered(0, 2), 3, null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.append(List.of(LogFixture.longs(1)), 1, null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void listeners_hear_of_every_change_after_it_can_be_seen() {
        List<Long> seen = new ArrayList<>();
        try (ChronicleLog log = open()) {
            log.onAppend(() -> seen.add(log.end().rowCount()));
            append(log, 0, 1);
            append(log, 1, 2);
            assertThat(seen).containsExactly(1L, 3L);
            assertThat(log.sizeBytes()).isPositive();
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
