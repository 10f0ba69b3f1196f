package io.millrace.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkProgressTest {
    @TempDir
    private Path data;

    private SinkProgress progress;

    @BeforeEach
    void begin() {
        progress = new SinkProgress(data, true);
    }

    @Test
    void itGoesOnWhereItWas() throws IOException {
        assertThat(progress.after(7, 52)).isEqualTo(52);
        assertThat(progress.save(7, 52, 9_120)).isTrue();
        assertThat(new SinkProgress(data, true).after(7, 52)).isEqualTo(9_120);
        assertThat(progress.after(8, 52)).isEqualTo(52);
        progress.save(7, 52, 10_000);
        assertThat(progress.after(7, 52)).isEqualTo(10_000);
        progress.forget(7);
        assertThat(progress.after(7, 52)).isEqualTo(52);
    }

    @Test
    void whatIsSaidOfAnotherGroupIsNotUsed() throws IOException {
        progress.save(7, 52, 9_120);
        assertThat(progress.after(7, 51)).isEqualTo(51);
        assertThat(progress.after(7, 9_121)).isEqualTo(9_121);
    }

    @Test
    void damageIsFound() throws IOException {
        progress.save(7, 52, 9_120);
        Path file = data.resolve("sinks/7");
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, damaged);
            assertThat(progress.after(7, 52)).isIn(52L, damaged[bit / 8] <= ' ' ? 9_120L : 52L);
        }
        for (int length = 0; length < whole.length - 1; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(progress.after(7, 52)).isEqualTo(52);
        }
    }

    @Test
    void nothingIsKeptOfStepsThatMayBeLost() throws IOException {
        assertThat(new SinkProgress(data, false).save(7, 52, 9_120)).isFalse();
        assertThat(Files.exists(data.resolve("sinks"))).isFalse();
        progress.save(7, 52, 9_120);
        assertThat(new SinkProgress(data, false).after(7, 52)).isEqualTo(52);
    }
}
