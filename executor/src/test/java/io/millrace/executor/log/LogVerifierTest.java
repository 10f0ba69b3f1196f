package io.millrace.executor.log;

import static io.millrace.executor.log.LogFixture.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a damage is said to be. */
class LogVerifierTest {
    private static final int BLOCKS = 8;

    @TempDir
    Path directory;

    private Path log;
    private Path file;
    private List<FoundBlocks.Place> places;

    @BeforeEach
    void write() throws IOException {
        log = directory.resolve("log");
        try (ChronicleLog open = ChronicleLog.open(log, LogFixture.options(new LogFixture.TestClock()))) {
            for (int block = 0; block < BLOCKS; block++) {
                open.append(numbered(block * 500L, 500), 500, null).join();
            }
        }
        file = LogFixtureFiles.queueFiles(log).get(0);
        FoundBlocks found = FoundBlocks.in(List.of(file), 0);
        places = new ArrayList<>();
        for (long lsn = 0; lsn < BLOCKS; lsn++) {
            places.add(found.place(lsn));
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void isThatOfTheBlockForAPageInIt() throws IOException {
        for (int block = 0; block < BLOCKS; block++) {
            long at = places.get(block).position();
            byte[] before = swap(at + 100, new byte[1_000]);
            assertThat(findings()).containsExactly(finding(block, at, "has a wrong checksum"));
            swap(at + 100, before);
        }
        assertThat(findings()).isEmpty();
    }

    @Test
    void isThatOfEachOfSeveralBlocks() throws IOException {
        for (int block : new int[] {0, 3, 6}) {
            swap(places.get(block).position() + 200, new byte[300]);
        }
        swap(places.get(6).position(), new byte[4]); // what it begins with
        assertThat(LogVerifier.verify(log, "words").blocks()).isEqualTo(BLOCKS - 3);
        assertThat(findings())
                .containsExactly(
                        finding(0, places.get(0).position(), "has a wrong checksum"),
                        finding(3, places.get(3).position(), "has a wrong checksum"),
                        finding(6, places.get(6).position(), "is no block"));
    }

    @Test
    void isThatOfTheBlockWhenItsLengthInTheQueueIsDamaged() throws IOException {
        for (int block = 0; block < BLOCKS; block++) {
            long header = places.get(block).position() - 4;
            for (byte[] wrong : List.of(new byte[4], new byte[] {-1, -1, -1, 127}, new byte[] {-1, -1, -1, 63})) {
                byte[] before = swap(header, wrong);
                assertThat(findings()).isEmpty(); // readers do without it
                byte[] content = swap(header + 4, new byte[1_000]);
                assertThat(findings()).hasSize(1);
                assertThat(findings().get(0)).startsWith("words: block " + block + " ");
                long said = Long.parseLong(findings().get(0).replaceAll(".* at byte ", ""));
                long end = block == 0 ? 0 : header;
                assertThat(said).as("block %s", block).isBetween(end - 3, header + 4);
                swap(header + 4, content);
                swap(header, before);
            }
        }
        assertThat(findings()).isEmpty();
    }

    private String finding(int block, long at, String problem) {
        return "words: block " + block + " " + problem + ", in " + file + " at byte " + at;
    }

    private List<String> findings() throws IOException {
        return LogVerifier.verify(log, "words").findings().stream()
                .map(Finding::toString)
                .toList();
    }

    /** Returns what was there. */
    private byte[] swap(long at, byte[] content) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] before = new byte[content.length];
            bytes.seek(at);
            bytes.readFully(before);
            bytes.seek(at);
            bytes.write(content);
            return before;
        }
    }
}
