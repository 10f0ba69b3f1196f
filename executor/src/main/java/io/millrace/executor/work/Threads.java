package io.millrace.executor.work;

import java.util.concurrent.ExecutorService;

/** Begins the engine's threads; all are daemons, since the server decides when the process ends. Thread-safe. */
public interface Threads {
    /** A thread that has yet to be started. */
    Thread thread(String name, Runnable work);

    /** Threads for work that comes and goes; once they are shut down they take nothing, and say nothing of it. */
    ExecutorService pool(String name, int size);
}
