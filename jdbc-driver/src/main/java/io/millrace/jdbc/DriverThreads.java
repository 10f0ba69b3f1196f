package io.millrace.jdbc;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for what no thread of the program waits for: cancelling, signs of life, rows asked for ahead. They end when idle. */
final class DriverThreads {
    static final Executor EXECUTOR = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), DriverThreads::thread);

    private DriverThreads() {}

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "millrace-jdbc");
        thread.setDaemon(true);
        // the first program that needs it must not be held by it
        thread.setContextClassLoader(null);
        return thread;
    }
}
