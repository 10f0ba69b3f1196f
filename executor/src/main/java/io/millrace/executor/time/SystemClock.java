package io.millrace.executor.time;

import java.time.Instant;

/** The machine's clock, in whole milliseconds: the precision that {@code rowtime} has. */
public final class SystemClock implements EngineClock {
    @Override
    public long epochMicros() {
        return Instant.now().toEpochMilli() * 1_000;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public AutoCloseable onAdvance(Runnable listener) {
        return () -> {};
    }
}
