package io.millrace.server.connector;

import io.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Those who wait until a sink has written all up to a position. Thread-safe. */
final class SinkFlushes {
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(long position, CompletableFuture<Void> written) {}

    synchronized CompletableFuture<Void> add(long position) {
        Waiting added = new Waiting(position, new CompletableFuture<>());
        waiting.add(added);
        return added.written;
    }

    /** The least position that is waited for; {@code Long.MAX_VALUE}: none. */
    synchronized long first() {
        return waiting.stream().mapToLong(Waiting::position).min().orElse(Long.MAX_VALUE);
    }

    /** All up to a position is written. */
    void reached(long position) {
        take(each -> each.position <= position).forEach(each -> each.written.complete(null));
    }

    /** The sink is gone. */
    void end() {
        take(each -> true).forEach(each -> each.written.complete(null));
    }

    /** The sink cannot write. */
    void fail(MillraceException cause) {
        take(each -> true).forEach(each -> each.written.completeExceptionally(cause));
    }

    private synchronized List<Waiting> take(Predicate<Waiting> which) {
        List<Waiting> taken = waiting.stream().filter(which).toList();
        waiting.removeAll(taken);
        return taken;
    }
}
