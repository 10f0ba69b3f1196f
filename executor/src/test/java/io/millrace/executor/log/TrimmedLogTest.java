package io.millrace.executor.log;

import static io.millrace.executor.log.LogFixture.numbered;
import static io.millrace.executor.log.LogFixture.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrimmedLogTest {
    private static final long HOUR = 3_600_000_000L;
    private static final long NOTE = 42;

    @TempDir
    Path directory;

    private final LogFixture.TestClock clock = new LogFixture.TestClock();
    private final LogFixture.TestDisk disk = new LogFixture.TestDisk();

    private ChronicleLog open() {
        return open(new GenerationLimits(Long.MAX_VALUE, HOUR));
    }

    private ChronicleLog open(GenerationLimits limits) {
        return ChronicleLog.open(directory, LogFixture.options(clock).inGenerations(limits), disk);
    }

    /** One block of ten rows in each of so many generations, an hour apart. */
    private void append(ChronicleLog log, int from, int generations) {
        for (int i = from; i < from + generations; i++) {
            log.append(numbered(i * 10L, 10), 10, null).join();
            clock.micros.addAndGet(HOUR);
        }
    }

    private static void trim(ChronicleLog log, long lsn) {
        log.release(lsn, NOTE);
        log.trim().join(); // what is released stays for a turn
        log.trim().join();
    }

    private List<String> generations() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("generation"))
                    .sorted()
                    .map(name -> name.substring("generation-00000".length()))
                    .toList();
        }
    }

    private static List<String> rows(Log log) {
        List<String> rows = new ArrayList<>();
        try (LogReader reader = log.reader(log.start().lsn())) {
            readRest(reader, rows);
        }
        return rows;
    }

    private static void readRest(LogReader reader, List<String> rows) {
        while (reader.next(Long.MAX_VALUE)) {
            for (int i = 0; i < reader.block().rowCount(); i++) {
                assertThat(((LongColumn) reader.block().column(0)).get(i)).isEqualTo(reader.firstRow() + i);
                rows.add(reader.firstRow() + i + " "
                        + ((StringColumn) reader.block().column(1)).string(i));
            }
        }
    }

    private static List<String> expected(int from, int to) {
        List<String> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(i + " " + word(i));
        }
        return rows;
    }

    @Test
    void only_whole_generations_go_and_the_rest_is_there_after_a_restart() throws IOException {
        long began = clock.micros.get();
        try (ChronicleLog log = open()) {
            append(log, 0, 5);
            assertThat(log.start()).isEqualTo(new LogStart(0, 0, began, LogStart.UNTRIMMED));
            long all = log.sizeBytes();
            log.release(2, NOTE);
            assertThat(log.start()).isEqualTo(new LogStart(2, 20, began + 2 * HOUR, NOTE));
            assertThat(rows(log)).isEqualTo(expected(20, 50));
            assertThat(generations()).containsExactly("1", "2", "3", "4", "5");
            log.trim().join();
            log.trim().join();
            assertThat(generations()).containsExactly("3", "4", "5");
            assertThat(log.sizeBytes() + log.trimmedBytes()).isEqualTo(all);
            assertThat(log.trimmedBytes()).isEqualTo(all / 5 * 2);
        }
        try (ChronicleLog log = open()) {
            assertThat(log.start()).isEqualTo(new LogStart(2, 20, began + 2 * HOUR, NOTE));
            assertThat(log.end().rowCount()).isEqualTo(50);
            append(log, 5, 1);
            assertThat(rows(log)).isEqualTo(expected(20, 60));
            assertThat(log.firstBlockSince(began, true)).isEqualTo(2);
            assertThat(log.firstBlockSince(began + 4 * HOUR, true)).isEqualTo(4);
        }
    }

    @Test
    void a_reader_goes_on_over_what_is_trimmed_and_another_cannot_begin_there() throws IOException {
        try (ChronicleLog log = open()) {
            append(log, 0, 4);
            List<String> rows = new ArrayList<>();
            try (LogReader reader = log.reader(0);
                    LogReader later = log.reader(1)) {
                reader.next(1);
                trim(log, 1);
                trim(log, 3);
                assertThat(generations()).containsExactly("1", "2", "3", "4");
                assertThat(rows(log)).isEqualTo(expected(30, 40));
                reader.next(2); // into the second generation
                trim(log, 3);
                assertThat(generations()).containsExactly("2", "3", "4");
                readRest(later, rows);
                assertThat(rows).isEqualTo(expected(10, 40));
                assertThatThrownBy(() -> log.reader(0))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.sqlState()).isEqualTo("72000"))
                        .hasMessageContaining("before row 30, of 2027-01-15T11:00:00Z, are not kept any more");
            }
            trim(log, 3);
            assertThat(generations()).containsExactly("4");
        }
    }

    @Test
    void a_silent_log_is_left_with_a_block_that_keeps_its_numbers() throws IOException {
        UUID producer = new UUID(1, 2);
        long watermark;
        try (ChronicleLog log = open()) {
            log.append(numbered(0, 10), 10, new ProducerSequence(producer, 0, ProducerSequence.ANY, 7))
                    .join();
            watermark = log.end().watermark();
            for (int i = 0; i < 3; i++) { // once is enough
                clock.micros.addAndGet(5 * HOUR);
                log.release(log.end().nextLsn(), NOTE);
                log.trim().join();
            }
            assertThat(generations()).containsExactly("2");
            assertThat(rows(log)).isEmpty();
            assertThat(log.start().row()).isEqualTo(10);
        }
        Files.delete(directory.resolve(Manifest.FILE_NAME));
        try (ChronicleLog log = open()) {
            assertThat(log.end().nextLsn()).isEqualTo(2);
            assertThat(log.end().rowCount()).isEqualTo(10);
            assertThat(log.end().watermark()).isGreaterThanOrEqualTo(watermark);
            append(log, 1, 1);
            assertThat(rows(log)).isEqualTo(expected(10, 20));
        }
    }

    @Test
    void producers_are_known_after_their_blocks_have_gone() {
        ProducerSequence sequence = new ProducerSequence(new UUID(1, 2), 0, ProducerSequence.ANY, 7);
        try (ChronicleLog log = open()) {
            log.append(numbered(0, 10), 10, sequence).join();
            clock.micros.addAndGet(HOUR);
            append(log, 1, 2);
            trim(log, 2);
        }
        try (ChronicleLog log = open()) {
            assertThat(log.append(numbered(0, 10), 10, sequence).join()).isEqualTo(new AppendResult(0, 0, 10, true));
            assertThat(rows(log)).isEqualTo(expected(20, 30));
        }
    }

    @Test
    void generations_end_by_size_and_the_size_tells_what_to_keep() throws IOException {
        try (ChronicleLog log = open(new GenerationLimits(1_000, Long.MAX_VALUE))) {
            for (int i = 0; i < 20; i++) {
                log.append(numbered(i * 10L, 10), 10, null).join();
            }
            assertThat(generations().size()).isBetween(4, 7);
            assertThat(log.firstBlockWithin(0)).isGreaterThan(log.firstBlockWithin(3_000));
            assertThat(log.firstBlockWithin(Long.MAX_VALUE)).isZero();
            long all = log.sizeBytes();
            trim(log, log.firstBlockWithin(all / 2));
            assertThat(log.sizeBytes()).isBetween(all / 2, all / 2 + 2_000);
            assertThat(log.reader(log.start().lsn()).next(Long.MAX_VALUE)).isTrue();
        }
    }

    @Nested
    class A_crash {
        private final Path before = Path.of("before");

        private void copy(String name, Path to) throws IOException {
            LogFixtureFiles.copy(directory.resolve(name), to.resolve(name));
        }

        /** Two generations that a manifest does not name any more are there again, whole or in part. */
        private void trimAndBringBack(boolean whole) throws IOException {
            Path kept = Files.createTempDirectory(directory.getParent(), before.toString());
            try (ChronicleLog log = open()) {
                append(log, 0, 4);
                copy("generation-000001", kept);
                copy("generation-000002", kept);
                trim(log, 2);
            }
            LogFixtureFiles.copy(kept.resolve("generation-000002"), directory.resolve("generation-000002"));
            LogFixtureFiles.copy(
                    kept.resolve("generation-000001"),
                    directory.resolve(whole ? "generation-000001" : "generation-000001.deleted"));
            LogFixtureFiles.delete(kept);
        }

        @Test
        void between_manifest_and_deletion_is_made_good_at_the_next_open() throws IOException {
            trimAndBringBack(true);
            assertThat(LogVerifier.verify(directory, "log").findings()).isEmpty();
            try (ChronicleLog log = open()) {
                assertThat(log.failure()).isNull();
                assertThat(rows(log)).isEqualTo(expected(20, 40));
                assertThat(generations()).containsExactly("3", "4");
            }
        }

        @Test
        void in_the_middle_of_the_deletion_too() throws IOException {
            trimAndBringBack(false);
            try (ChronicleLog log = open()) {
                assertThat(rows(log)).isEqualTo(expected(20, 40));
                assertThat(generations()).containsExactly("3", "4");
            }
        }

        @Test
        void without_a_manifest_leaves_what_there_is() throws IOException {
            trimAndBringBack(false);
            Files.delete(directory.resolve(Manifest.FILE_NAME));
            try (ChronicleLog log = open()) {
                assertThat(log.failure()).isNull();
                assertThat(rows(log)).isEqualTo(expected(10, 40));
                assertThat(log.start().note()).isEqualTo(LogStart.UNKNOWN);
            }
        }

        @Test
        void before_the_manifest_changes_nothing() throws IOException {
            Path manifest = directory.resolve(Manifest.FILE_NAME);
            Path kept = Files.createTempFile("manifest", "");
            try (ChronicleLog log = open()) {
                append(log, 0, 4);
                Files.copy(manifest, kept, StandardCopyOption.REPLACE_EXISTING);
                log.release(2, NOTE);
                assertThat(log.start().row()).isEqualTo(20);
            }
            try (ChronicleLog log = open()) {
                assertThat(rows(log)).isEqualTo(expected(0, 40));
            }
            Files.delete(kept);
        }
    }

    @Test
    void a_log_that_is_trimmed_can_be_verified_and_repaired() throws IOException {
        try (ChronicleLog log = open()) {
            append(log, 0, 4);
            trim(log, 2);
        }
        LogReport report = LogVerifier.verify(directory, "log");
        assertThat(report.findings()).isEmpty();
        assertThat(report.notes()).isEmpty();
        assertThat(report.wholeRows()).isEqualTo(40);
        Files.delete(directory.resolve(Manifest.FILE_NAME));
        LogReport lost = LogVerifier.verify(directory, "log");
        assertThat(lost.findings()).singleElement().asString().contains("its manifest is missing");
        assertThat(lost.notes()).singleElement().asString().contains("begins with block 2");
        assertThat(lost.lacksBlocks()).isFalse();
        LogRepair.repair(lost, path -> directory.resolveSibling("kept"));
        assertThat(LogVerifier.verify(directory, "log").findings()).isEmpty();
        try (ChronicleLog log = open()) {
            assertThat(rows(log)).isEqualTo(expected(20, 40));
        }
    }

    @Test
    void a_log_that_is_never_trimmed_must_have_its_first_block() throws IOException {
        try (ChronicleLog log = open()) {
            append(log, 0, 4);
            trim(log, 2);
        }
        Files.delete(directory.resolve(Manifest.FILE_NAME));
        try (ChronicleLog log = ChronicleLog.open(directory, LogFixture.options(clock), disk)) {
            assertThat(log.failure()).hasMessageContaining("block 0 is missing, and was on disk");
        }
    }

    @Test
    void the_index_of_the_first_manifests_can_be_read() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (long value : new long[] {600, 7_000, 5, 6, 8_000}) { // next LSN, rows, watermark, append time, bytes
            out.writeLong(value);
        }
        out.writeInt(2); // zones
        out.writeInt(9);
        for (long lsn : new long[] {0, 256}) {
            out.writeLong(lsn);
            out.writeInt(1);
            out.writeLong(lsn + 1_000);
            out.writeLong(lsn);
            out.writeLong(lsn + 2);
        }
        out.writeInt(0); // producers
        LogIndex index = LogIndex.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 1);
        assertThat(index.start()).isEqualTo(LogStart.ORIGIN);
        assertThat(index.end()).isEqualTo(new LogEnd(600, 7_000, 5, 6));
        assertThat(index.bytes()).isEqualTo(8_000);
        assertThat(index.documentIndex(257)).isEqualTo(1_257);
        assertThat(index.firstBlockWithin(4_000)).isEqualTo(256);
        assertThat(index.firstBlockWithin(4_001)).isZero();
    }
}
