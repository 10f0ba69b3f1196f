package io.millrace.executor;

import io.millrace.executor.log.Disk;

/** The space of the disk below which rows are refused. */
public final class DiskReserve {
    private DiskReserve() {}

    /** What the settings ask for, on the disk that the data directory is on. */
    public static long bytes(EngineSettings settings, Disk disk) {
        long total = disk.totalBytes(settings.dataDirectory());
        return Math.max(settings.minimumFree().bytes(), total / 100 * settings.minimumFreePercent());
    }
}
