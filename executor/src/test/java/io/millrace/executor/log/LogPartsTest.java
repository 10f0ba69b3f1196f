package io.millrace.executor.log;

import static io.millrace.executor.log.LogFixture.expected;
import static io.millrace.executor.log.LogFixture.numbered;
import static io.millrace.executor.log.LogFixture.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group of many appends becomes visible in parts. */
@Timeout(60)
class LogPartsTest {
    private static final int LARGEST_PART = 3 * 4_096;

    @TempDir
    private Path directory;

    private final LogFixture.TestClock clock = new LogFixture.TestClock();
    private final LogFixture.TestDisk disk = new LogFixture.TestDisk();
    private final List<Long> visible = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 600, 1_000, 1_500, 3_000, 4_096, 5_000, 10_000})
    void noneOfWhichDividesAnAppend(int rows) {
        int appends = Math.max(8, 40_000 / rows);
        List<CompletableFuture<AppendResult>> waiting = new ArrayList<>();
        CountDownLatch isGathered = new CountDownLatch(1);
        try (ChronicleLog log = ChronicleLog.open(directory, LogFixture.options(clock), disk)) {
            log.onAppend(() -> visible.add(log.end().rowCount()));
            disk.beforeForce = () -> awaitQuietly(isGathered); // holds the first: the others are the next group
            for (int i = 0; i < appends; i++) {
                waiting.add(log.append(numbered((long) i * rows, rows), rows, null));
            }
            isGathered.countDown();
            waiting.forEach(CompletableFuture::join);
            assertThat(readAll(log)).isEqualTo(expected(appends * rows));
        }
        long before = 0;
        for (long end : visible) {
            assertThat(end % rows).isZero();
            assertThat(end - before).isLessThanOrEqualTo(LARGEST_PART);
            before = end;
        }
        assertThat(before).isEqualTo((long) appends * rows);
        assertThat(visible).hasSizeGreaterThanOrEqualTo(3);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
