package io.millrace.jdbc;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells the server from time to time that results are still read, because the application may take long between two rows.
 * A connection that was forgotten without being closed tells nothing any more.
 */
final class KeepAlive {
    private final Duration interval;
    private final Runnable tell;
    private final Set<Execution> open = new HashSet<>();
    private boolean scheduled;

    KeepAlive(Duration interval, Runnable tell) {
        this.interval = interval;
        this.tell = tell;
    }

    /** Until the run is over. */
    synchronized void watch(Execution run) {
        open.add(run);
        schedule();
    }

    private void schedule() {
        if (scheduled) {
            return;
        }
        scheduled = true;
        WeakReference<KeepAlive> self = new WeakReference<>(this);
        CompletableFuture.delayedExecutor(interval.toMillis(), TimeUnit.MILLISECONDS, DriverThreads.EXECUTOR)
                .execute(() -> tick(self));
    }

    private static void tick(WeakReference<KeepAlive> reference) {
        KeepAlive self = reference.get();
        if (self != null && self.continues()) {
            self.tell.run();
        }
    }

    private synchronized boolean continues() {
        scheduled = false;
        open.removeIf(Execution::isOver);
        if (open.isEmpty()) {
            return false;
        }
        schedule();
        return true;
    }
}
