package io.millrace.executor.checkpoint;

import io.millrace.executor.work.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Reads some places ahead of the one that is taken, on other threads, and gives all in their order. Whatever happens, nothing is
 * being read when it is closed. For one thread, once.
 *
 * @param <P> a place
 * @param <C> what is there
 */
final class ReadAhead<P, C> implements AutoCloseable {
    private static final int MOST = 4;

    private final Executor helper;
    private final Reader<P, C> reader;
    private final ArrayDeque<CompletableFuture<C>> reading = new ArrayDeque<>();

    /** Reads what is at a place. On any thread. */
    @FunctionalInterface
    interface Reader<P, C> {
        C read(P place) throws IOException;
    }

    ReadAhead(Executor helper, Reader<P, C> reader) {
        this.helper = helper;
        this.reader = reader;
    }

    /** Fails as the reading of a place fails, when all before it have been taken. */
    void forEach(List<P> places, BiConsumer<P, C> taker) throws IOException {
        int asked = 0;
        for (P place : places) {
            while (asked < places.size() && reading.size() < MOST) {
                P next = places.get(asked++);
                reading.add(CompletableFuture.supplyAsync(() -> read(next), helper));
            }
            taker.accept(place, take(reading.remove()));
        }
    }

    private C read(P place) {
        try {
            return reader.read(place);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static <C> C take(CompletableFuture<C> content) throws IOException {
        try {
            return Waits.join(content);
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof UncheckedIOException unreadable) {
                throw unreadable.getCause();
            }
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        reading.forEach(content -> Waits.join(content.handle((done, failure) -> failure)));
    }
}
