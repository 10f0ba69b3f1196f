package io.millrace.executor.circuit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How long a piece of work has kept a thread busy, as another thread may ask: in the processor's time, so that neither a
 * busy machine nor a clock that is moved makes it long.
 */
public final class WorkMeter {
    private static final long IDLE = -1;
    private static final ThreadMXBean CPU_TIMES = ManagementFactory.getThreadMXBean();

    private volatile long threadId;
    private volatile long begin = IDLE;

    /** The current thread begins. */
    public void begin() {
        threadId = Thread.currentThread().getId();
        begin = CPU_TIMES.getCurrentThreadCpuTime();
    }

    public void end() {
        begin = IDLE;
    }

    /** The nanoseconds of the work that is under way; 0 when none is. */
    public long nanos() {
        long since = begin;
        if (since == IDLE) {
            return 0;
        }
        long now = CPU_TIMES.getThreadCpuTime(threadId);
        return begin == since ? Math.max(0, now - since) : 0;
    }
}
