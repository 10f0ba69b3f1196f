package io.millrace.executor;

import io.millrace.executor.log.Disk;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.PlatformThreads;
import io.millrace.executor.work.Threads;

/** What an engine runs on: a machine, or a simulation of one. */
public record Host(EngineClock clock, Threads threads, Disk disk) {
    /** This machine, with a clock of one's own. */
    public static Host local(EngineClock clock) {
        return new Host(clock, new PlatformThreads(), Disk.LOCAL);
    }
}
