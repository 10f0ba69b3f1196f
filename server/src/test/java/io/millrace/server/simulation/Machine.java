package io.millrace.server.simulation;

import io.millrace.executor.Host;
import java.util.SplittableRandom;

/** A machine that does not exist: its clock, its threads, and a disk that a crash replaces by what is left of it. */
final class Machine {
    private static final long START_MICROS = 1_790_000_000_000_000L;

    private final SplittableRandom random;
    private final SimulatedClock clock = new SimulatedClock(START_MICROS);
    private final SimulatedThreads threads;

    private SimulatedDisk disk = new SimulatedDisk();
    private SimulatedDisk left;

    Machine(long seed) {
        random = new SplittableRandom(seed);
        threads = new SimulatedThreads(clock, random.split());
    }

    Host host() {
        return new Host(clock, threads, new MachineDisk(disk));
    }

    SplittableRandom random() {
        return random;
    }

    SimulatedClock clock() {
        return clock;
    }

    SimulatedThreads threads() {
        return threads;
    }

    SimulatedDisk disk() {
        return disk;
    }

    /** From now on what happens to the disk counts no more: the machine will go on with what is left of it. */
    void crashIn(long operations, CrashKind kind) {
        SplittableRandom chance = random.split();
        disk.crashIn(operations, () -> {
            left = disk.after(kind, chance);
            threads.note(disk.operations());
        });
    }

    /** As a crash does now, unless there was one. */
    void crashNow(CrashKind kind) {
        if (left == null) {
            left = disk.after(kind, random.split());
        }
    }

    /** Whether nothing that happens counts any more: after a crash, or because the disk fails. */
    boolean hasCrashed() {
        return left != null || disk.hasFailed();
    }

    /** Goes on after a crash. */
    void restart() {
        disk = left;
        left = null;
    }
}
