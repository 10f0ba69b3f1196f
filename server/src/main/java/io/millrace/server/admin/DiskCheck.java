package io.millrace.server.admin;

import io.millrace.executor.DiskReserve;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.log.Disk;
import java.util.List;

/** A disk so full that appends are refused. */
final class DiskCheck implements HealthCheck {
    private final DataDisk disk;
    private final EngineSettings settings;

    DiskCheck(DataDisk disk, EngineSettings settings) {
        this.disk = disk;
        this.settings = settings;
    }

    @Override
    public List<String> problems() {
        long free = disk.freeBytes();
        if (free >= DiskReserve.bytes(settings, Disk.LOCAL)) {
            return List.of();
        }
        String limit = free < settings.minimumFree().bytes()
                ? "data.min-free = " + settings.minimumFree()
                : "data.min-free-percent = " + settings.minimumFreePercent();
        return List.of("the disk of the data directory has " + (free >> 20) + " MiB free, less than " + limit);
    }
}
