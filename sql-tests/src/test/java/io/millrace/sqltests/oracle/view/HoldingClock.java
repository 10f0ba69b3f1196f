package io.millrace.sqltests.oracle.view;

import io.millrace.executor.time.EngineClock;
import io.millrace.executor.time.ManualClock;
import java.util.concurrent.TimeUnit;

/**
 * A clock that is moved by hand, and that does not tell the thread of the views the time while it is held: what is done in
 * the meantime they take in one step.
 */
final class HoldingClock implements EngineClock {
    private static final String VIEWS = "millrace-views";
    private static final long LONGEST_SECONDS = 20;

    private final ManualClock clock;

    private boolean isHeld;

    HoldingClock(long epochMicros) {
        clock = new ManualClock(epochMicros);
    }

    void advance(long micros) {
        clock.advance(micros);
    }

    synchronized void hold() {
        isHeld = true;
    }

    synchronized void release() {
        isHeld = false;
        notifyAll();
    }

    @Override
    public long epochMicros() {
        if (Thread.currentThread().getName().equals(VIEWS)) {
            awaitRelease();
        }
        return clock.epochMicros();
    }

    private synchronized void awaitRelease() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (isHeld) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException("something waits for the views while they are held");
            }
            try {
                wait(left);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public AutoCloseable onAdvance(Runnable listener) {
        return clock.onAdvance(listener);
    }
}
