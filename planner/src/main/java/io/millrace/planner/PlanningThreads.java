package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.MillraceException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plans on threads with a stack that is deep enough for all that the limits let through, and lets the caller wait no
 * longer than the limit: a planning that cannot be stopped keeps its thread, but nobody else's.
 */
final class PlanningThreads {
    /** Deep enough for the limits' nesting and levels, many times over. */
    private static final long STACK_BYTES = 16L << 20;

    private static final int MAX_THREADS = 128;
    private static final int IDLE_SECONDS = 30;

    /** Of a processor; most statements take less by far. */
    private static final Duration SLOW = Duration.ofMillis(250);

    /** The first statements load classes, which takes long on a busy machine and must not refuse them. */
    private static final int COLD_FACTOR = 10;

    private static final ThreadMXBean CPU_TIMES = ManagementFactory.getThreadMXBean();

    private final PlannerLimits limits;
    private final Semaphore slow;
    private final Semaphore turns =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
    private final ThreadPoolExecutor threads;

    private volatile boolean isWarm;

    PlanningThreads(PlannerLimits limits) {
        this.limits = limits;
        slow = new Semaphore(limits.slowPlannings());
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(null, work, "millrace-plan-" + number.incrementAndGet(), STACK_BYTES);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** From now on the time limit is what it says. */
    void warm() {
        isWarm = true;
    }

    /** Returns what {@code planning} gives, or fails as it does; fails by itself when it takes too long. */
    <T> T run(Callable<T> planning) {
        PlanningBudget budget = new PlanningBudget(limits, turns);
        Future<T> plan = submit(planning, budget);
        boolean isSlow = false;
        try {
            long left = limits.planningTime().toMillis() * (isWarm ? 1 : COLD_FACTOR);
            while (left > 0) {
                long part = isSlow ? left : Math.min(SLOW.toMillis(), left);
                try {
                    return plan.get(part, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    left -= part;
                    if (!isSlow && left > 0 && cpuMillis(budget) >= SLOW.toMillis()) {
                        enterSlow();
                        isSlow = true;
                        budget.slow();
                    }
                }
            }
            throw budget.hasWaited()
                            && cpuMillis(budget) < limits.planningTime().toMillis() / 2
                    ? cameWithMany()
                    : tookTooLong();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "planning was interrupted", e);
        } finally {
            budget.cancel();
            plan.cancel(true);
            if (isSlow) {
                slow.release();
            }
        }
    }

    /** What the thread has worked for the statement, so that a busy machine makes none slow. */
    private static long cpuMillis(PlanningBudget budget) {
        Thread worker = budget.worker();
        return worker == null ? 0 : CPU_TIMES.getThreadCpuTime(worker.getId()) / 1_000_000 - budget.startCpuMillis();
    }

    private void enterSlow() {
        if (!slow.tryAcquire()) {
            throw cameWithMany();
        }
    }

    /** It may be innocent: it has waited for others more than it has worked. */
    private MillraceException cameWithMany() {
        return Limit.exceeded(
                        ErrorCode.LIMIT_EXCEEDED,
                        "too many statements that are slow to plan came at once",
                        limits.slowPlannings(),
                        PlannerLimits.SLOW_PLANNINGS,
                        null)
                .withHint("Try again later. " + Limit.hint(PlannerLimits.SLOW_PLANNINGS));
    }

    private MillraceException tookTooLong() {
        return Limit.exceeded(
                        ErrorCode.PROGRAM_TOO_COMPLEX,
                        "the statement takes too long to plan",
                        limits.planningTime().toMillis() + " ms",
                        PlannerLimits.PLANNING_TIME,
                        null)
                .withHint("Split it into several statements. " + Limit.hint(PlannerLimits.PLANNING_TIME));
    }

    private <T> Future<T> submit(Callable<T> planning, PlanningBudget budget) {
        try {
            return threads.submit(() -> {
                budget.begin(CPU_TIMES.getCurrentThreadCpuTime() / 1_000_000);
                try {
                    return planning.call();
                } finally {
                    budget.end();
                }
            });
        } catch (RejectedExecutionException e) {
            throw new MillraceException(ErrorCode.LIMIT_EXCEEDED, "too many statements are being planned", e)
                    .withHint("Try again later.");
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof MillraceException known) {
            return known;
        }
        return ErrorTranslator.internal(cause == null ? e : cause);
    }
}
