package io.millrace.executor.time;

import java.time.Instant;

/** The machine's clock. */
public final class SystemClock implements EngineClock {
    @Override
    public long epochMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
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
