package io.millrace.executor.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there is never taken for a hole; how much is skipped is the operating system's. */
class FileHolesTest {
    private static final long SIZE = 8L << 20;
    private static final long[] WRITTEN = {5, 300_000, 3_000_001, 3_000_002, SIZE - 1};

    @TempDir
    private Path directory;

    private Path file(boolean isMapped) throws IOException {
        Path path = directory.resolve("file-" + isMapped);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(SIZE);
            MappedByteBuffer mapped = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
            for (long position : WRITTEN) {
                if (isMapped) { // as logs are written
                    mapped.put((int) position, (byte) 1);
                } else {
                    file.seek(position);
                    file.write(1);
                }
            }
        }
        return path;
    }

    @Test
    void whatWasWrittenIsFoundFromEverywhereBeforeIt() throws IOException {
        for (boolean isMapped : new boolean[] {false, true}) {
            try (FileHoles holes = new FileHoles(file(isMapped))) {
                for (long written : WRITTEN) {
                    for (long from = 0; from <= written; from += Math.max(1, (written - from) / 7)) {
                        assertThat(holes.nextData(from)).isBetween(from, written);
                    }
                    assertThat(holes.nextData(written)).isEqualTo(written);
                }
                assertThat(holes.nextData(SIZE)).isGreaterThanOrEqualTo(SIZE);
            }
        }
    }

    @Test
    void aFileThatIsNotThereIsReadByThoseWhoCan() {
        try (FileHoles holes = new FileHoles(directory.resolve("none"))) {
            assertThat(holes.nextData(7)).isEqualTo(7);
        }
    }
}
