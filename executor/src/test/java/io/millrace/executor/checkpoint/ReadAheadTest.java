package io.millrace.executor.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
    private static final List<Integer> PLACES = IntStream.range(0, 100).boxed().toList();

    private final ExecutorService helper = Executors.newFixedThreadPool(2);
    private final List<String> taken = new ArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void stop() {
        helper.shutdownNow();
    }

    private String read(int place) throws IOException {
        begun.incrementAndGet();
        try {
            if (place == 50) {
                throw new IOException("no place 50");
            }
            if (place == 150) {
                throw new IllegalStateException("no place 150");
            }
            return "what is at " + place;
        } finally {
            ended.incrementAndGet();
        }
    }

    private void forEach(List<Integer> places) throws IOException {
        try (ReadAhead<Integer, String> ahead = new ReadAhead<>(helper, this::read)) {
            ahead.forEach(places, (place, content) -> taken.add(place + ": " + content));
        }
    }

    @Test
    void givesAllInTheirOrder() throws IOException {
        forEach(PLACES.subList(0, 50));
        assertThat(taken)
                .isEqualTo(IntStream.range(0, 50)
                        .mapToObj(i -> i + ": what is at " + i)
                        .toList());
        forEach(List.of());
        assertThat(taken).hasSize(50);
    }

    @Test
    void failsAsTheReaderDoesBehindWhatCouldBeRead() {
        assertThatThrownBy(() -> forEach(PLACES))
                .isInstanceOf(IOException.class)
                .hasMessage("no place 50");
        assertThat(taken).hasSize(50).last().isEqualTo("49: what is at 49");
        assertThat(ended).hasValue(begun.get());
        taken.clear();
        assertThatThrownBy(() -> forEach(List.of(1, 150, 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no place 150");
        assertThat(taken).hasSize(1);
    }

    @Test
    void waitsForWhatIsBeingReadWhenTheTakerFails() throws InterruptedException {
        CountDownLatch isRead = new CountDownLatch(2);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger closed = new AtomicInteger();
        Thread taker = new Thread(() -> {
            try (ReadAhead<Integer, String> ahead = new ReadAhead<>(helper, place -> {
                if (place > 0) {
                    isRead.countDown();
                    await(mayEnd);
                }
                ended.incrementAndGet();
                return "";
            })) {
                ahead.forEach(PLACES.subList(0, 3), (place, content) -> {
                    await(isRead);
                    throw new IllegalStateException("not wanted");
                });
            } catch (IOException | IllegalStateException failure) {
                closed.set(ended.get());
            }
        });
        taker.start();
        isRead.await();
        assertThat(closed).hasValue(0);
        mayEnd.countDown();
        taker.join();
        assertThat(closed).hasValue(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
