package io.millrace.executor.time;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved, for tests that must not depend on how fast they run. */
public final class ManualClock implements EngineClock {
    private final AtomicLong micros;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public ManualClock(long epochMicros) {
        micros = new AtomicLong(epochMicros);
    }

    /** Moves time on and wakes all that wait for it. */
    public void advance(long byMicros) {
        if (byMicros < 0) {
            throw new IllegalArgumentException("time cannot go back by " + -byMicros);
        }
        micros.addAndGet(byMicros);
        listeners.forEach(Runnable::run);
    }

    @Override
    public long epochMicros() {
        return micros.get();
    }

    @Override
    public long nanoTime() {
        return micros.get() * 1_000;
    }

    @Override
    public AutoCloseable onAdvance(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
