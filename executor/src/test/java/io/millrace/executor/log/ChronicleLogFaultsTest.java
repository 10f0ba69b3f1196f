package io.millrace.executor.log;

import static io.millrace.executor.log.LogFixture.expected;
import static io.millrace.executor.log.LogFixture.numbered;
import static io.millrace.executor.log.LogFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
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

/** What a log does when the disk, the clock of files or its own earlier end was against it. */
@Timeout(60)
class ChronicleLogFaultsTest {
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
        void a_failed_sync_is_told_once() {
            List<Throwable> told = new ArrayList<>();
            LogOptions options = new LogOptions(
                    "words", LogFixture.NUMBER_AND_WORD, -1, null, true, clock, 0, new ProducerEpochs(10), told::add);
            try (ChronicleLog log = ChronicleLog.open(directory, options, disk)) {
                append(log, 0, 10);
                assertThat(told).isEmpty();
                disk.beforeForce = () -> {
                    throw new IllegalStateException("Input/output error");
                };
                assertFails(log.append(numbered(10, 1), 1, null), "58030", "Input/output error");
                assertFails(log.append(numbered(10, 1), 1, null), "58030", "Input/output error");
            }
            assertThat(told).singleElement().asString().contains("Input/output error");
        }

        @Test
        void a_second_opener_is_refused_and_told_who_holds_the_log() {
            try (ChronicleLog log = open()) {
                assertThatThrownBy(ChronicleLogFaultsTest.this::open)
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
                table.add(new ProducerEntry(new UUID(0, i), 0, 1, new AppendResult(i, i, 1, false), i));
            }
            assertThat(table.last(new UUID(0, 0))).isNull();
            assertThat(table.last(new UUID(0, 1))).isNotNull();
            assertThat(table.last(new UUID(0, 10_000)).result().lsn()).isEqualTo(10_000);
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
