package io.millrace.executor.circuit;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.metrics.StepMetrics;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs all continuous queries on one thread, step after step. The next step begins when the last has ended and takes what
 * has gathered; without input the loop sleeps until it is signalled or the next window closes.
 *
 * <p>Queries come and go only between steps, by commands.
 */
public final class StepLoop implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(StepLoop.class);
    /** Between looks at a window that is due, but whose last rows are still being written: their end signals. */
    private static final long SHORTEST_SLEEP_NANOS = 500_000;
    /** While a window is open: the wall clock may be set, and a machine that was suspended slept longer than it knows. */
    private static final long LONGEST_SLEEP_NANOS = 1_000_000_000;

    private final EngineClock clock;
    private final Executor tickThread;
    private final Thread thread;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Map<OpenStream, StreamLane> lanes = new LinkedHashMap<>();
    private final List<Flush> flushes = new ArrayList<>();

    private volatile long turns;
    private volatile long busyNanos;
    /** When the turn under way began; 0: the loop rests. */
    private volatile long turnBegan;

    private volatile boolean isSignalled;
    private volatile boolean isClosed;
    private volatile boolean isOver;

    /** @param tickThread writes watermarks to logs, and so waits for the disk */
    public StepLoop(EngineClock clock, ThreadFactory threads, Executor tickThread) {
        this.clock = clock;
        this.tickThread = tickThread;
        this.thread = threads.newThread(this::run);
    }

    private record Flush(Map<OpenStream, Long> targets, CompletableFuture<Void> done) {}

    public void start() {
        thread.start();
    }

    /** Wakes the loop: there is something to do. */
    public void signal() {
        if (!isSignalled) {
            isSignalled = true;
            Waits.unpark(thread);
        }
    }

    void add(ContinuousQuery query) {
        submit(() -> lanes.computeIfAbsent(
                        query.stream(), stream -> new StreamLane(stream, clock, tickThread, this::signal))
                .add(query));
    }

    /** Completes between two steps, after queries that have ended before this call have let go of their streams. */
    public CompletableFuture<Void> afterNextStep() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        submit(() -> flushes.add(new Flush(Map.of(), done)));
        return done;
    }

    /**
     * Completes when all queries have taken in the blocks below the given ends. Those that wait for their reader to fetch
     * are not waited for.
     */
    public CompletableFuture<Void> flush(Map<OpenStream, Long> targets) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        submit(() -> flushes.add(new Flush(targets, done)));
        return done;
    }

    @Override
    public void close() {
        isClosed = true;
        isSignalled = true;
        Waits.unpark(thread);
        Waits.awaitEnd(thread);
    }

    private void submit(Runnable command) {
        commands.add(command);
        signal();
        if (isOver) {
            drain();
        }
    }

    private void run() {
        while (!isClosed) {
            isSignalled = false;
            try {
                turn();
            } catch (RuntimeException | Error cause) { // the loop must outlive it, for the queries to come
                LOGGER.error("a turn of the step loop failed", cause);
                lanes.values().forEach(lane -> lane.failAll(cause));
            }
        }
        synchronized (commands) {
            lanes.values().forEach(StreamLane::close);
            lanes.clear();
            isOver = true;
        }
        drain();
    }

    /** What the loop has done; also while it is stuck. */
    public StepMetrics metrics() {
        long began = turnBegan;
        return new StepMetrics(turns, busyNanos, began == 0 ? 0 : Math.max(0, clock.nanoTime() - began));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
    private void endTurn(boolean hasRead) {
        busyNanos += clock.nanoTime() - turnBegan;
        turns += hasRead ? 1 : 0;
        turnBegan = 0;
    }

    private void turn() {
        turnBegan = clock.nanoTime() | 1; // never 0
        drainCommands();
        long now = clock.epochMicros();
        boolean hasRead = stepLanes(now);
        completeFlushes();
        endTurn(hasRead);
        if (!hasRead) {
            sleep(now);
        }
    }

    private void drainCommands() {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
    }

    /** After the end of the loop: what still comes is answered at once. */
    private void drain() {
        synchronized (commands) {
            drainCommands();
            lanes.values()
                    .forEach(lane -> lane.failAll(
                            new MillraceException(ErrorCode.SHUTTING_DOWN, "the server is shutting down")));
            lanes.values().forEach(StreamLane::close);
            lanes.clear();
            flushes.forEach(flush -> flush.done().complete(null));
            flushes.clear();
        }
    }

    private boolean stepLanes(long now) {
        boolean hasRead = false;
        for (StreamLane lane : lanes.values()) {
            try {
                hasRead |= lane.step(now);
            } catch (RuntimeException | Error cause) { // ends the queries of this stream and no others
                LOGGER.error("a step failed", cause);
                lane.failAll(cause);
            }
        }
        lanes.values().removeIf(StepLoop::closeIfEmpty);
        return hasRead;
    }

    private static boolean closeIfEmpty(StreamLane lane) {
        if (lane.isEmpty()) {
            lane.close();
            return true;
        }
        return false;
    }

    private void completeFlushes() {
        flushes.removeIf(flush -> {
            boolean isDone = flush.targets().entrySet().stream().allMatch(target -> {
                StreamLane lane = lanes.get(target.getKey());
                return lane == null || lane.hasReached(target.getValue());
            });
            if (isDone) {
                flush.done().complete(null);
            }
            return isDone;
        });
    }

    private void sleep(long now) {
        long nextWindow = Long.MAX_VALUE;
        for (StreamLane lane : lanes.values()) {
            nextWindow = Math.min(nextWindow, lane.nextWindow(now));
        }
        long nanos = Long.MAX_VALUE;
        if (nextWindow != Long.MAX_VALUE) {
            long micros = Math.max(0, nextWindow - clock.epochMicros());
            long untilWindow = micros > LONGEST_SLEEP_NANOS / 1_000 ? LONGEST_SLEEP_NANOS : micros * 1_000;
            nanos = Math.min(nanos, nextWindow <= now ? SHORTEST_SLEEP_NANOS : untilWindow);
        }
        if (!isSignalled && !isClosed) {
            Waits.parkNanos(this, Math.max(nanos, 1));
        }
    }
}
