package io.millrace.executor.log;

import static io.millrace.executor.log.LogFixture.expected;
import static io.millrace.executor.log.LogFixture.numbered;
import static io.millrace.executor.log.LogFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.LongColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Producers that count what they append. */
@Timeout(60)
class ProducersTest {
    private static final int MANIFEST_PREFIX = 12;

    private final ProducerName name = ProducerName.of("billing");
    private final UUID producer = name.id();
    private final LogFixture.TestClock clock = new LogFixture.TestClock();
    private final LogFixture.TestDisk disk = new LogFixture.TestDisk();
    private ProducerEpochs epochs = new ProducerEpochs(10);

    @TempDir
    Path directory;

    private ChronicleLog log;

    @BeforeEach
    void open() {
        LogOptions options =
                new LogOptions("words", LogFixture.NUMBER_AND_WORD, -1, null, true, clock, 0, epochs, failure -> {});
        log = ChronicleLog.open(directory, options, disk);
    }

    private void reopen() {
        log.close();
        epochs = new ProducerEpochs(10); // as a server that has been started again
        open();
    }

    /** Rows that follow those there are. */
    private CompletableFuture<AppendResult> send(int epoch, long previous, long number, int count) {
        return send(log.end().rowCount(), ProducerSequence.numbered(producer, epoch, previous, number, 0), count);
    }

    private CompletableFuture<AppendResult> send(long from, ProducerSequence sequence, int count) {
        return log.append(numbered(from, count), count, sequence);
    }

    private void assertFails(CompletableFuture<?> append, String state, String... messages) {
        assertThatThrownBy(append::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(MillraceException.class, failure -> {
                    assertThat(failure.code().sqlState()).isEqualTo(state);
                    assertThat(failure.getMessage()).contains(messages);
                });
    }

    private void assertRows(int count) {
        assertThat(readAll(log)).isEqualTo(expected(count));
        log.close();
    }

    @Nested
    class Order {
        @Test
        void follows_the_numbers_over_restarts() {
            send(1, 0, 1, 2).join();
            send(1, 1, 2, 3).join();
            reopen();
            send(1, 2, 7, 1).join();
            assertRows(6);
        }

        @Test
        void a_gap_is_refused_and_nothing_is_stored() {
            send(1, 0, 1, 2).join();
            assertFails(
                    send(1, 2, 3, 1),
                    "22M01",
                    "number 3",
                    "comes after number 2, but the last one is 1",
                    "after number 1");
            reopen();
            assertFails(send(1, 2, 3, 1), "22M01", "comes after number 2, but the last one is 1");
            assertRows(2);
        }

        @Test
        void what_overlaps_is_refused() {
            send(1, 0, 10, 2).join();
            assertFails(send(1, 5, 12, 1), "22M01", "comes after number 5, but the last one is 10");
            assertRows(2);
        }

        @Test
        void a_producer_that_is_not_known_is_refused_unless_it_begins() {
            assertFails(send(1, 4, 5, 1), "22M01", "nothing is known of this producer", "begin with number 1");
            send(1, 0, 5, 1).join();
            assertRows(1);
        }

        @Test
        void steps_of_one_request_have_one_number() {
            for (int step = 0; step < 3; step++) {
                send(step, ProducerSequence.numbered(producer, 1, 0, 1, step), 1)
                        .join();
            }
            assertThat(send(9, ProducerSequence.numbered(producer, 1, 0, 1, 1), 1)
                            .join()
                            .duplicate())
                    .isTrue();
            send(3, ProducerSequence.numbered(producer, 1, 1, 2, 0), 1).join();
            assertRows(4);
        }

        @Test
        void an_append_without_rows_is_counted() {
            send(1, 0, 1, 2).join();
            AppendResult empty = send(1, 1, 2, 0).join();
            assertThat(empty.rows()).isZero();
            reopen();
            assertThat(log.settled(producer).join().number()).isEqualTo(2);
            assertThat(send(1, 1, 2, 0).join().duplicate()).isTrue();
            send(1, 2, 3, 1).join();
            assertRows(3);
        }
    }

    @Nested
    class What_is_sent_again {
        @Test
        void is_acknowledged_again_however_old_it_is() {
            for (int number = 1; number <= 5; number++) {
                send(1, number - 1, number, 2).join();
            }
            assertThat(send(1, 1, 2, 2).join().duplicate()).isTrue();
            reopen();
            for (int number = 1; number <= 5; number++) {
                assertThat(send(1, number - 1, number, 2).join().duplicate()).isTrue();
            }
            assertRows(10);
        }

        @Test
        void is_known_in_a_later_epoch() {
            send(1, 0, 1, 2).join();
            assertThat(send(4, 0, 1, 2).join().duplicate()).isTrue();
            send(4, 1, 2, 2).join();
            assertRows(4);
        }

        @Test
        void waits_for_those_that_are_under_way() {
            CountDownLatch release = new CountDownLatch(1);
            disk.afterBlock = lsn -> awaitQuietly(release);
            CompletableFuture<AppendResult> first = send(0, ProducerSequence.numbered(producer, 1, 0, 1, 0), 2);
            CompletableFuture<AppendResult> second = send(2, ProducerSequence.numbered(producer, 1, 1, 2, 0), 2);
            CompletableFuture<AppendResult> again = send(0, ProducerSequence.numbered(producer, 1, 0, 1, 0), 2);
            assertFails(send(4, ProducerSequence.numbered(producer, 1, 3, 4, 0), 2), "22M01", "the last one is 2");
            CompletableFuture<ProducerEntry> settled = log.settled(producer);
            assertThat(again).isNotDone();
            assertThat(settled).isNotDone();
            release.countDown();
            assertThat(first.join().duplicate()).isFalse();
            assertThat(second.join().duplicate()).isFalse();
            assertThat(again.join().duplicate()).isTrue();
            assertThat(settled.join().number()).isEqualTo(2);
            assertRows(4);
        }
    }

    @Test
    void what_comes_after_an_append_that_failed_fails_too() {
        log.close();
        LogOptions options = new LogOptions(
                "words",
                LogFixture.NUMBER_AND_WORD,
                -1,
                (columns, from, to, appendTime) -> {
                    for (int row = from; row < to; row++) {
                        if (((LongColumn) columns.get(0)).get(row) == 666) {
                            throw new ArithmeticException("666");
                        }
                    }
                    return appendTime;
                },
                true,
                clock,
                0,
                epochs,
                failure -> {});
        log = ChronicleLog.open(directory, options, disk);
        CountDownLatch release = new CountDownLatch(1);
        disk.afterBlock = lsn -> awaitQuietly(release);
        send(0, ProducerSequence.of(new UUID(1, 1), 1, 0), 1);
        CompletableFuture<AppendResult> bad = send(666, ProducerSequence.numbered(producer, 1, 0, 1, 0), 1);
        CompletableFuture<AppendResult> next = send(2, ProducerSequence.numbered(producer, 1, 1, 2, 0), 1);
        CompletableFuture<AppendResult> other = send(1, ProducerSequence.of(new UUID(1, 2), 1, 0), 1);
        release.countDown();
        assertFails(bad, "XX000", "666");
        assertFails(next, "22M01", "comes after number 1, but nothing is known");
        assertThat(other.join().firstRow()).isEqualTo(1);
        send(1, 0, 1, 1).join();
        send(1, 1, 2, 1).join();
        assertRows(4);
    }

    @Nested
    class Epochs {
        @Test
        void the_older_is_refused_from_the_moment_that_the_newer_begins() {
            assertThat(epochs.begin(name)).isEqualTo(1);
            send(1, 0, 1, 1).join();
            assertThat(epochs.begin(name)).isEqualTo(2);
            assertFails(send(1, 1, 2, 1), "08M01", "producer \"billing\" of epoch 1 was replaced by one of epoch 2");
            send(2, 1, 2, 1).join();
            assertRows(2);
        }

        @Test
        void are_found_on_disk_after_a_restart() {
            assertThat(epochs.begin(name)).isEqualTo(1);
            assertThat(epochs.begin(name)).isEqualTo(2);
            send(2, 0, 1, 1).join();
            reopen();
            assertFails(send(1, 1, 2, 1), "08M01", "of epoch 1 was replaced by one of epoch 2");
            assertThatThrownBy(() -> epochs.resume(name, 1)).hasMessageContaining("replaced");
            epochs.resume(name, 2);
            assertThat(epochs.begin(name)).isEqualTo(3);
            assertRows(1);
        }

        @Test
        void are_those_of_all_logs() {
            send(3, 0, 1, 1).join();
            LogOptions options = new LogOptions(
                    "others", LogFixture.NUMBER_AND_WORD, -1, null, true, clock, 0, epochs, failure -> {});
            try (ChronicleLog other = ChronicleLog.open(directory.resolve("other"), options, disk)) {
                assertFails(
                        other.append(numbered(0, 1), 1, ProducerSequence.numbered(producer, 2, 0, 1, 0)),
                        "08M01",
                        "replaced by one of epoch 3");
            }
            assertRows(1);
        }

        @Test
        void one_that_took_over_from_itself_is_refused_when_another_has() {
            int mine = epochs.begin(name);
            assertThat(epochs.begin(name, mine)).isEqualTo(2);
            assertThatThrownBy(() -> epochs.begin(name, mine)).hasMessageContaining("replaced by one of epoch 2");
            assertThat(epochs.begin(name, 9)).isEqualTo(10);
            log.close();
        }
    }

    @Nested
    class The_table {
        @Test
        void survives_a_lost_manifest() throws IOException {
            send(3, 0, 1, 2).join();
            send(3, 1, 2, 2).join();
            log.close();
            Files.delete(directory.resolve(Manifest.FILE_NAME));
            reopen();
            ProducerEntry last = log.settled(producer).join();
            assertThat(last).isEqualTo(log.namedProducers().get(0));
            assertThat(last.epoch()).isEqualTo(3);
            assertThat(last.number()).isEqualTo(2);
            assertThat(last.time()).isEqualTo(clock.epochMicros());
            assertRows(4);
        }

        @Test
        void of_a_manifest_of_version_1_is_read() throws IOException {
            UUID unnamed = new UUID(5, 6);
            send(0, ProducerSequence.of(unnamed, 7, 0), 3).join();
            log.close();
            Path file = directory.resolve(Manifest.FILE_NAME);
            Files.write(file, asVersion1(Files.readAllBytes(file)));
            Manifest manifest = Manifest.read(directory);
            assertThat(manifest.index().lastOf(unnamed))
                    .isEqualTo(
                            new ProducerEntry(unnamed, 0, 7 << 16, new AppendResult(0, 0, 3, false), Long.MIN_VALUE));
            reopen();
            assertThat(send(0, ProducerSequence.of(unnamed, 7, 0), 3).join().duplicate())
                    .isTrue();
            assertRows(3);
        }

        /** Without where the log begins, how large its zones are, and epochs and times of producers. */
        private byte[] asVersion1(byte[] manifest) {
            ByteBuffer in = ByteBuffer.wrap(manifest);
            ByteBuffer old = ByteBuffer.allocate(manifest.length);
            copy(in, old, MANIFEST_PREFIX + 1 + 4);
            copyEach(in, old, 4, 12, 0, 0);
            copy(in, old, 40);
            in.position(in.position() + 40);
            copyEach(in, old, 8, 36, 8, 0);
            copyEach(in, old, 4, 16, 4, 28);
            byte[] whole = Arrays.copyOf(old.array(), old.position());
            CRC32C crc = new CRC32C();
            crc.update(whole, MANIFEST_PREFIX, whole.length - MANIFEST_PREFIX);
            ByteBuffer.wrap(whole).putInt(4, 1).putInt(8, (int) crc.getValue());
            return whole;
        }

        /** Copies a list: what begins with how many there are, and of each a part, without what it has in its middle and end. */
        private void copyEach(ByteBuffer in, ByteBuffer out, int head, int first, int left, int second) {
            int count = in.getInt(in.position());
            copy(in, out, head);
            for (int i = 0; i < count; i++) {
                copy(in, out, first);
                in.position(in.position() + left);
                copy(in, out, second);
                in.position(in.position() + (second == 0 ? 0 : 8));
            }
        }

        private void copy(ByteBuffer in, ByteBuffer out, int bytes) {
            byte[] part = new byte[bytes];
            in.get(part);
            out.put(part);
        }

        @Test
        void of_an_unknown_version_is_not_trusted() throws IOException {
            send(1, 0, 1, 3).join();
            log.close();
            Path file = directory.resolve(Manifest.FILE_NAME);
            byte[] manifest = Files.readAllBytes(file);
            ByteBuffer.wrap(manifest).putInt(4, 99);
            Files.write(file, manifest);
            assertThat(Manifest.read(directory)).isNull();
        }

        @Test
        void forgets_those_who_have_been_silent_for_the_longest_and_refuses_them() {
            send(1, 0, 1, 1).join();
            for (int other = 0; other < 10; other++) {
                UUID id = new UUID(9, other);
                log.append(numbered(1 + other, 1), 1, ProducerSequence.numbered(id, 1, 0, 1, 0))
                        .join();
            }
            assertFails(send(1, 1, 2, 1), "22M01", "nothing is known of this producer");
            reopen();
            assertFails(send(1, 1, 2, 1), "22M01", "nothing is known of this producer");
            assertThat(log.namedProducers()).hasSize(10);
            assertRows(11);
        }

        @Test
        void is_not_emptied_by_connections_without_a_name() {
            ProducerTable table = new ProducerTable();
            table.add(new ProducerEntry(producer, 1, 1, new AppendResult(0, 0, 1, false), 0));
            for (int i = 0; i < 20_000; i++) {
                table.add(new ProducerEntry(new UUID(0, i), 0, 1, new AppendResult(i, i, 1, false), 0));
            }
            assertThat(table.last(producer)).isNotNull();
        }
    }

    @Test
    void names_are_words_and_uuids_stand_for_themselves() {
        UUID id = UUID.randomUUID();
        assertThat(ProducerName.of(id.toString()).id()).isEqualTo(id);
        assertThat(ProducerName.of("billing")).isEqualTo(name);
        for (String wrong : List.of("", "two words", "line\n", "x".repeat(201))) {
            assertThatThrownBy(() -> ProducerName.of(wrong)).hasMessageContaining("without blanks");
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
