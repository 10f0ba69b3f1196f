package io.millrace.executor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.log.Finding;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which checkpoints are kept when views are written anew at different times. */
class CheckpointStoreTest {
    @TempDir
    private Path directory;

    private static CheckpointEntry entry(long view, Long... files) {
        return new CheckpointEntry(view, 7, List.of(files));
    }

    private CheckpointStore write(long position, CheckpointEntry... entries) throws IOException {
        CheckpointStore store = new CheckpointStore(directory);
        try (CheckpointWriter writer = store.create(position, 1)) {
            for (CheckpointEntry entry : entries) {
                writer.block(entry.viewId(), 2, new byte[] {1, 2, 3});
            }
            writer.finish(List.of(entries));
        }
        store.deleteOld(Long.MAX_VALUE);
        return store;
    }

    @Test
    void whatIsKeptOnlyAsAPartOfLaterOnesIsNoDamageWithoutItsOwnParts() throws IOException {
        write(10, entry(1, 10L), entry(2, 10L));
        write(20, entry(1, 10L, 20L), entry(2, 10L, 20L));
        write(30, entry(1, 10L, 20L, 30L), entry(2, 30L));
        assertThat(write(40, entry(1, 40L), entry(2, 30L, 40L)).positions()).containsExactly(40L, 30L, 20L, 10L);
        CheckpointStore store = write(50, entry(1, 40L, 50L), entry(2, 30L, 40L, 50L));
        assertThat(store.positions()).containsExactly(50L, 40L, 30L);
        assertThat(CheckpointVerifier.verify(directory, "checkpoints")).isEmpty();

        try (RandomAccessFile newest = new RandomAccessFile(store.path(50).toFile(), "rw")) {
            newest.seek(30);
            int was = newest.read();
            newest.seek(30);
            newest.write(was ^ 1);
            assertThat(CheckpointVerifier.verify(directory, "checkpoints"))
                    .extracting(Finding::file)
                    .containsExactly(store.path(50));
            newest.seek(30);
            newest.write(was);
        }

        store.deleteOld(35); // one as of which only a part is there is none
        assertThat(store.positions()).containsExactly(50L, 40L, 30L);

        store.delete(30);
        assertThat(CheckpointVerifier.verify(directory, "checkpoints"))
                .extracting(Finding::problem)
                .containsExactly(
                        "the state of view number 2 is also in checkpoint-0000000000000000030, which is missing",
                        "the state of view number 2 is also in checkpoint-0000000000000000030, which is missing");
    }

    /** What tells where the rest is has moved, and may say anything. */
    @Test
    void thePlaceOfWhatIsCutOffLiesInTheFile() throws IOException {
        Path whole = write(10, entry(1, 10L)).path(10);
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 0; length < bytes.length; length++) {
            Files.write(whole, Arrays.copyOf(bytes, length));
            long most = length;
            assertThat(CheckpointVerifier.verify(directory, "checkpoints"))
                    .as("the first %d of %d bytes", length, bytes.length)
                    .singleElement()
                    .satisfies(found -> assertThat(found.offset()).isBetween(0L, most));
        }
    }
}
