package io.millrace.executor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFileTest {
    private static final int DAMAGES = Integer.getInteger("millrace.test.damages", 3_000);

    @TempDir
    private Path directory;

    private static List<byte[]> read(CheckpointFile file, long view) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        file.read(view, item -> true, (item, content) -> blocks.add(content));
        return blocks;
    }

    private Path write(long position, Random random, int blocks) throws IOException {
        CheckpointStore store = new CheckpointStore(directory);
        try (CheckpointWriter writer = store.create(position, 7)) {
            for (int i = 0; i < blocks; i++) {
                byte[] content = new byte[random.nextInt(200)];
                random.nextBytes(content);
                writer.block(1 + i % 3, i, content);
            }
            writer.finish(List.of(
                    new CheckpointEntry(1, 17, List.of(position)), new CheckpointEntry(2, 18, List.of(1L, position))));
        }
        return store.open(position).path();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        CheckpointStore store = new CheckpointStore(directory);
        try (CheckpointWriter writer = store.create(42, 7)) {
            writer.block(7, 0, new byte[] {1, 2, 3});
            writer.block(8, 0, new byte[] {4});
            writer.block(7, 1, new byte[0]);
            writer.finish(List.of(new CheckpointEntry(7, 99, List.of(42L))));
        }
        CheckpointFile file = store.open(42);
        assertThat(file.position()).isEqualTo(42);
        assertThat(file.entries()).containsExactly(new CheckpointEntry(7, 99, List.of(42L)));
        assertThat(read(file, 7)).containsExactly(new byte[] {1, 2, 3}, new byte[0]);
        assertThat(file.bytesOf(7)).isEqualTo(3);
        file.verify();
    }

    @Test
    void oneThatWasNotFinishedIsNotThereAndLeavesNothing() throws IOException {
        CheckpointStore store = new CheckpointStore(directory);
        CheckpointWriter writer = store.create(5, 7);
        writer.block(1, 0, new byte[10]);
        assertThat(store.positions()).isEmpty();
        store.removeUnfinished(); // as if its process had died
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        writer.close();
    }

    @Test
    void theNewestTwoAreKeptWithWhatTheyNeed() throws IOException {
        CheckpointStore store = new CheckpointStore(directory);
        for (long position = 1; position <= 5; position++) {
            try (CheckpointWriter writer = store.create(position, 7)) {
                writer.finish(List.of(new CheckpointEntry(1, 0, position == 5 ? List.of(2L, 5L) : List.of(position))));
            }
        }
        store.deleteOld(Long.MAX_VALUE);
        assertThat(store.positions()).containsExactly(5L, 4L, 2L);
    }

    @Test
    void aDamagedOneDoesNotCountAsOneOfTheTwo() throws IOException {
        CheckpointStore store = new CheckpointStore(directory);
        for (long position = 1; position <= 4; position++) {
            try (CheckpointWriter writer = store.create(position, 7)) {
                writer.finish(List.of(new CheckpointEntry(1, 0, List.of(position))));
            }
        }
        Path newest = store.open(4).path();
        Files.write(newest, new byte[] {1});
        store.deleteOld(Long.MAX_VALUE);
        assertThat(store.positions()).containsExactly(4L, 3L, 2L);
    }

    /** A flipped bit, a zeroed range, a cut, a block of another file: none is read as if nothing had happened. */
    @Test
    void everyDamageIsFound() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path path = write(3, random, 12);
        byte[] whole = Files.readAllBytes(path);
        byte[] stale = Files.readAllBytes(write(2, random, 12));
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = damage(whole, stale, random);
            if (Arrays.equals(damaged, whole)) {
                continue;
            }
            Files.write(path, damaged);
            assertThatThrownBy(() -> CheckpointFile.open(path).verify())
                    .as("seed %d, damage %d", seed, i)
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DATA_CORRUPTED))
                    .hasMessageContaining(path.toString())
                    .hasMessageContaining("at offset");
        }
        Files.write(path, whole);
        CheckpointFile.open(path).verify();
    }

    private static byte[] damage(byte[] whole, byte[] stale, Random random) {
        byte[] damaged = whole.clone();
        int at = random.nextInt(whole.length);
        int length = 1 + random.nextInt(Math.min(300, whole.length - at));
        switch (random.nextInt(5)) {
            case 0 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> Arrays.fill(damaged, at, at + length, (byte) 0);
            case 2 -> damaged = Arrays.copyOf(whole, at);
            case 3 -> {
                int part = Math.max(0, Math.min(length, stale.length - at));
                System.arraycopy(stale, Math.min(at, stale.length), damaged, at, part);
            }
            default -> damaged = Arrays.copyOf(whole, whole.length + length);
        }
        return damaged;
    }
}
