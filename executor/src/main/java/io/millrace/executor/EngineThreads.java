package io.millrace.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine's threads; all are daemons, since the server decides when the process ends. */
final class EngineThreads implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final ExecutorService queries;
    private final ExecutorService ticks = pool("millrace-tick", 1);
    private final ExecutorService fillings = pool("millrace-filling", 2);

    private final ExecutorService checkpoints = pool("millrace-checkpoint", 1);

    EngineThreads(int queryThreads) {
        queries = pool("millrace-query", queryThreads);
    }

    static Thread stepThread(Runnable loop) {
        return daemon("millrace-steps", loop);
    }

    static Thread viewThread(Runnable loop) {
        return daemon("millrace-views", loop);
    }

    static Thread watchThread(Runnable watch) {
        return daemon("millrace-watch", watch);
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
        queries.shutdown();
        ticks.shutdown();
        fillings.shutdown();
        checkpoints.shutdown();
        try {
            boolean ended = queries.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
                    & fillings.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
                    & checkpoints.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)
                    & ticks.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                queries.shutdownNow();
                fillings.shutdownNow();
                checkpoints.shutdownNow();
                ticks.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Once it is shut down it takes nothing: all queries have been ended before, so nothing is missed. */
    private static ExecutorService pool(String name, int size) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> daemon(name + "-" + number.incrementAndGet(), work),
                new ThreadPoolExecutor.DiscardPolicy());
        return pool;
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
