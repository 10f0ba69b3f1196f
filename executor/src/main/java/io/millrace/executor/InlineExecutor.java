package io.millrace.executor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs tasks on the thread that gives them, one after the other: a task that gives another one ends before it begins. */
final class InlineExecutor implements Executor {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean isRunning;

    /** Tasks come from the thread that runs them, and from those that end a query: these leave theirs to the first. */
    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (isRunning) {
                return;
            }
            isRunning = true;
        }
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private @org.jspecify.annotations.Nullable Runnable next() {
        synchronized (waiting) {
            Runnable next = waiting.poll();
            isRunning = next != null;
            return next;
        }
    }
}
