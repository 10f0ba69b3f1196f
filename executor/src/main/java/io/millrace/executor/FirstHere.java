package io.millrace.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the first task on the thread that gives it, and what follows on others: for work that most often is done sooner
 * than it could be handed over.
 */
final class FirstHere implements Executor {
    private final Executor others;
    private final AtomicBoolean isBegun = new AtomicBoolean();

    FirstHere(Executor others) {
        this.others = others;
    }

    @Override
    public void execute(Runnable task) {
        if (isBegun.compareAndSet(false, true)) {
            task.run();
        } else {
            others.execute(task);
        }
    }
}
