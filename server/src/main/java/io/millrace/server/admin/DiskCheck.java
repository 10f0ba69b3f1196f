package io.millrace.server.admin;

import io.millrace.settings.ByteSize;
import java.util.List;

/** A disk so full that appends are refused. */
final class DiskCheck implements HealthCheck {
    private final DataDisk disk;
    private final ByteSize minimum;

    DiskCheck(DataDisk disk, ByteSize minimum) {
        this.disk = disk;
        this.minimum = minimum;
    }

    @Override
    public List<String> problems() {
        long free = disk.freeBytes();
        return free >= minimum.bytes()
                ? List.of()
                : List.of("the disk of the data directory has " + (free >> 20) + " MiB free, less than data.min-free = "
                        + minimum);
    }
}
