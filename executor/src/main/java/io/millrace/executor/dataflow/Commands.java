package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.work.Waits;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What others want to have done between two steps, on the thread that makes them. Thread-safe. */
final class Commands {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Runnable wake;
    private final Runnable last;
    private volatile boolean isOver;

    /**
     * @param wake has {@link #run} called soon
     * @param last is done after what comes after the end
     */
    Commands(Runnable wake, Runnable last) {
        this.wake = wake;
        this.last = last;
    }

    void submit(Runnable command) {
        waiting.add(command);
        wake.run();
        if (isOver) {
            drain();
        }
    }

    /** What is acknowledged after the return comes after the command. */
    void submitAndWait(Runnable command) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        submit(() -> {
            try {
                command.run();
                done.complete(null);
            } catch (RuntimeException | Error cause) { // is told to the caller
                done.completeExceptionally(cause);
            }
        });
        try {
            Waits.join(done);
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof MillraceException cause ? cause : failure;
        }
    }

    /** Does all that waits. */
    void run() {
        for (Runnable command = waiting.poll(); command != null; command = waiting.poll()) {
            command.run();
        }
    }

    /** No further step is made: what still comes is done at once, on the thread that wants it. */
    void end() {
        isOver = true;
        drain();
    }

    private void drain() {
        synchronized (waiting) {
            run();
            last.run();
        }
    }
}
