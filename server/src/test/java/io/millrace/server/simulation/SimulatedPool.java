package io.millrace.server.simulation;

import io.millrace.executor.work.Waits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** A pool of simulated threads. */
final class SimulatedPool extends AbstractExecutorService {
    private final SimulatedThreads threads;
    private final String name;
    private final int size;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Thread> workers = new ArrayList<>();

    private int idle;
    private boolean isShutdown;

    SimulatedPool(SimulatedThreads threads, String name, int size) {
        this.threads = threads;
        this.name = name;
        this.size = size;
    }

    @Override
    public void execute(Runnable work) {
        if (isShutdown) {
            return;
        }
        waiting.add(work);
        if (idle == 0 && workers.size() < size) {
            Thread worker = threads.thread(name, this::work);
            workers.add(worker);
            worker.start();
        } else {
            workers.forEach(Waits::unpark);
        }
    }

    private void work() {
        while (!isShutdown || !waiting.isEmpty()) {
            Runnable next = waiting.poll();
            if (next != null) {
                next.run();
            } else {
                idle++;
                Waits.park(this);
                idle--;
            }
        }
    }

    @Override
    public void shutdown() {
        isShutdown = true;
        workers.forEach(Waits::unpark);
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<Runnable> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return isShutdown;
    }

    @Override
    public boolean isTerminated() {
        return isShutdown && waiting.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        workers.forEach(Waits::awaitEnd);
        return true;
    }
}
