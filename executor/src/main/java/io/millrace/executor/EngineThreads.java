package io.millrace.executor;

import io.millrace.executor.work.Threads;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The engine's pools of threads. */
final class EngineThreads implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final ExecutorService queries;
    private final ExecutorService ticks;
    private final ExecutorService fillings;
    private final ExecutorService checkpoints;

    EngineThreads(Threads threads, int queryThreads) {
        queries = threads.pool("millrace-query", queryThreads);
        ticks = threads.pool("millrace-tick", 1);
        fillings = threads.pool("millrace-filling", 2);
        checkpoints = threads.pool("millrace-checkpoint", 1);
    }

    /** For bounded queries. */
    Executor queries() {
        return queries;
    }

    /** For the rows of new views. */
    Executor fillings() {
        return fillings;
    }

    /** One thread, for checkpoints. */
    Executor checkpoints() {
        return checkpoints;
    }

    /** For writes of watermarks, which wait for the disk. */
    Executor ticks() {
        return ticks;
    }

    @Override
    public void close() {
        List<ExecutorService> pools = List.of(queries, ticks, fillings, checkpoints);
        pools.forEach(ExecutorService::shutdown);
        try {
            boolean ended = true;
            for (ExecutorService pool : pools) {
                ended &= pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
            if (!ended) {
                pools.forEach(ExecutorService::shutdownNow);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
