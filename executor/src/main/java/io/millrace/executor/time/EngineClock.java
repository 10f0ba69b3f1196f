package io.millrace.executor.time;

/** The engine's only source of time. Thread-safe. */
public interface EngineClock {
    /** Wall-clock time in microseconds since 1970-01-01T00:00Z; may jump. */
    long epochMicros();

    /** Monotonic time in nanoseconds from an arbitrary origin, for durations and time-outs. */
    long nanoTime();

    /**
     * Registers something to be woken when time has been moved by hand; never called by a clock that runs by itself.
     *
     * @return removes the registration
     */
    AutoCloseable onAdvance(Runnable listener);
}
