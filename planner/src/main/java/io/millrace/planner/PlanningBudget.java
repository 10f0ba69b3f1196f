package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.SourcePosition;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.util.CancelFlag;
import org.jspecify.annotations.Nullable;

/**
 * What the planning of one statement may still cost. All long loops of the planner ask it now and then whether to go on;
 * it is that of the current thread, since Calcite hands nothing through.
 *
 * <p>A statement that is slow to plan goes on only when it is its turn, so that however many there are, they leave the
 * processors to the others. The turns are short: each that waits comes again and again.
 */
final class PlanningBudget {
    private static final ThreadLocal<PlanningBudget> CURRENT = new ThreadLocal<>();

    private static final ThreadMXBean CPU_TIMES = ManagementFactory.getThreadMXBean();

    /** Of a processor, while others wait: so the large but harmless get through among the endless. */
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Wide rows cost more than narrow ones: so many columns count as one more operator. */
    private static final int COLUMNS_PER_NODE = 32;

    private final PlannerLimits limits;
    private final Semaphore turns;
    private final CancelFlag cancelled = new CancelFlag(new AtomicBoolean());

    private volatile boolean isSlow;
    private volatile @Nullable Thread worker;
    private volatile long startCpuMillis;
    private volatile boolean hasWaited;
    private boolean hasTurn;
    private long turnBegan;
    private long nodes;
    private int views;

    /** @param turns of the slow ones */
    PlanningBudget(PlannerLimits limits, Semaphore turns) {
        this.limits = limits;
        this.turns = turns;
    }

    /** That of the thread's statement; one without time limit when there is none. */
    static PlanningBudget current() {
        PlanningBudget budget = CURRENT.get();
        return budget == null ? new PlanningBudget(PlannerLimits.DEFAULT, new Semaphore(1)) : budget;
    }

    /** @param cpuMillis that this thread has used before */
    void begin(long cpuMillis) {
        startCpuMillis = cpuMillis;
        worker = Thread.currentThread();
        CURRENT.set(this);
    }

    void end() {
        worker = null;
        CURRENT.remove();
        if (hasTurn) {
            turns.release();
            hasTurn = false;
        }
    }

    /** The thread that plans; null before and after. */
    @Nullable
    Thread worker() {
        return worker;
    }

    long startCpuMillis() {
        return startCpuMillis;
    }

    PlannerLimits limits() {
        return limits;
    }

    /** For Calcite's planner, which asks it between two rules. */
    Context context() {
        return Contexts.of(cancelled);
    }

    /** From another thread: the statement takes longer than most. */
    void slow() {
        isSlow = true;
    }

    /** From another thread: nobody waits for the plan any more. */
    void cancel() {
        cancelled.requestCancel();
    }

    /** Ends the planning when it has been given up, and lets it wait when it is slow and others are before it. */
    void check() {
        if (cancelled.isCancelRequested()) {
            throw new PlanningGivenUp();
        }
        if (isSlow && !(hasTurn && isTurnGoingOn())) {
            awaitTurn();
        }
    }

    private boolean isTurnGoingOn() {
        return !turns.hasQueuedThreads() || CPU_TIMES.getCurrentThreadCpuTime() - turnBegan < TURN_NANOS;
    }

    /** Whether others had a turn while this one wanted it. */
    boolean hasWaited() {
        return hasWaited;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void awaitTurn() {
        if (hasTurn) {
            hasTurn = false;
            turns.release();
        }
        hasWaited |= turns.availablePermits() == 0;
        try {
            turns.acquire();
            hasTurn = true;
            turnBegan = CPU_TIMES.getCurrentThreadCpuTime();
        } catch (InterruptedException givenUp) {
            throw new PlanningGivenUp();
        }
    }

    /** Counts a relational operator of the expanded query. */
    void relation(int columns) {
        check();
        nodes += 1 + columns / COLUMNS_PER_NODE;
        if (nodes > limits.nodes()) {
            throw Limit.exceeded(
                            ErrorCode.PROGRAM_TOO_COMPLEX,
                            "the query becomes a plan of too many operators",
                            limits.nodes(),
                            PlannerLimits.PLAN_NODES,
                            null)
                    .withHint("A query named by WITH counts each time it is used. "
                            + Limit.hint(PlannerLimits.PLAN_NODES));
        }
    }

    /** The query of a view is being planned in the middle of another; {@link #leaveView} ends that. */
    void enterView() {
        if (++views > limits.levels()) {
            throw Limit.exceeded(
                    ErrorCode.PROGRAM_TOO_COMPLEX,
                    "views read each other over too many levels",
                    limits.levels(),
                    PlannerLimits.LEVELS,
                    null);
        }
    }

    void leaveView() {
        views--;
    }

    /** Refuses rows that are too wide. */
    void columns(long count, @Nullable SourcePosition position) {
        check();
        if (count > limits.columns()) {
            throw Limit.exceeded(
                    ErrorCode.PROGRAM_TOO_COMPLEX,
                    "a row has " + count + " columns",
                    limits.columns(),
                    PlannerLimits.COLUMNS,
                    position);
        }
    }

    /** Ends a planning that nobody waits for; its message is never seen. */
    static final class PlanningGivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PlanningGivenUp() {
            super("planning was given up", null, false, false);
        }
    }
}
