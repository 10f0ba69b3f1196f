package io.millrace.sqltests;

/** The server's clock, when it stands still until a file moves it. */
public interface TestClock {
    /** Microseconds since 1970-01-01T00:00Z. */
    long epochMicros();

    /** Moves time on and wakes all that wait for it. */
    void advance(long micros);
}
