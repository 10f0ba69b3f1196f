package io.millrace.server.simulation;

import io.millrace.executor.time.EngineClock;

/** Time that passes when it is looked at, a little, and when nobody has anything to do. */
final class SimulatedClock implements EngineClock {
    private static final long LOOK_NANOS = 1_000;

    private long nanos;
    private long wallMicros;

    /** @param epochMicros when it begins */
    SimulatedClock(long epochMicros) {
        wallMicros = epochMicros;
    }

    long now() {
        return nanos;
    }

    void moveTo(long time) {
        nanos = Math.max(nanos, time);
    }

    /** Sets the clock on the wall forth or back. */
    void jump(long micros) {
        wallMicros += micros;
    }

    @Override
    public long epochMicros() {
        return wallMicros + nanoTime() / 1_000;
    }

    @Override
    public long nanoTime() {
        nanos += LOOK_NANOS;
        return nanos;
    }

    @Override
    public AutoCloseable onAdvance(Runnable listener) {
        return () -> {}; // it is not moved by hand
    }
}
