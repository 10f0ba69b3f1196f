package io.millrace.executor.dataflow;

import io.millrace.executor.work.Waits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Work that another thread does, one piece after the other, while the one that gives it goes on. Whatever happens, none is left when it
 * is closed. For one thread.
 */
final class HelperWork implements AutoCloseable {
    private final Executor helper;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /** @param helper not one whose threads call this */
    HelperWork(Executor helper) {
        this.helper = helper;
    }

    /** Gives a piece, when the one before is done: two at most are in memory. */
    void next(Runnable piece) {
        end();
        last = CompletableFuture.runAsync(piece, helper);
    }

    /** Waits until all is done; fails as the last piece has. */
    void end() {
        Waits.join(last);
    }

    @Override
    public void close() {
        Waits.join(last.handle((done, failure) -> done));
    }
}
