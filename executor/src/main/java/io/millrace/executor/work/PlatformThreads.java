package io.millrace.executor.work;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of the operating system. */
public final class PlatformThreads implements Threads {
    @Override
    public Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** What is refused after the end is missed by nobody: all who wait for it have been ended before. */
    @Override
    public ExecutorService pool(String name, int size) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> thread(name + "-" + number.incrementAndGet(), work),
                new ThreadPoolExecutor.DiscardPolicy());
    }
}
