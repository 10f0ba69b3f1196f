package io.millrace.executor.log;

import static io.millrace.executor.log.LogFixture.expected;
import static io.millrace.executor.log.LogFixture.numbered;
import static io.millrace.executor.log.LogFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
                ProducerSequence sequence = ProducerSequence.of(producer, 5, 0);
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
