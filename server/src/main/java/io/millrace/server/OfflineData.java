package io.millrace.server;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.DataDirectoryLock;
import io.millrace.executor.verify.DataReport;
import io.millrace.executor.verify.DataVerifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A data directory that no server uses while this is open, and what is damaged of it. */
final class OfflineData implements AutoCloseable {
    /** The exit code when something is damaged. */
    static final int DAMAGED = 1;
    /** The exit code when that cannot be told. */
    static final int UNKNOWN = 2;

    private final DataDirectoryLock lock;
    private final DataReport report;

    private OfflineData(DataDirectoryLock lock, DataReport report) {
        this.lock = lock;
        this.report = report;
    }

    /** @throws MillraceException when a server uses it, or there is none */
    static OfflineData open(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new MillraceException(ErrorCode.IO_ERROR, "there is no data directory \"" + directory + "\"");
        }
        DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
        try {
            return new OfflineData(lock, DataVerifier.verify(directory));
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    DataReport report() {
        return report;
    }

    /** Prints what was found, a line each; returns the exit code. */
    int print(PrintWriter output) {
        report.findings().forEach(finding -> output.println("damaged: " + finding));
        report.notes().forEach(note -> output.println("note: " + note));
        long blocks = report.streams().values().stream()
                .mapToLong(log -> log.blocks())
                .sum();
        int count = report.findings().size();
        output.println((count == 0 ? "no damage" : count + (count == 1 ? " damage" : " damages")) + " in "
                + report.streams().size() + " logs with " + blocks + " whole blocks, in "
                + report.directory());
        output.flush();
        return count == 0 ? 0 : DAMAGED;
    }

    @Override
    public void close() {
        lock.close();
    }
}
