package io.millrace.executor.log;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;

/**
 * Parts of a file that nothing was written to: most of a file that was made larger than what it holds. Where the operating system
 * knows them, they need not be read. For one thread.
 */
final class FileHoles implements AutoCloseable {
    static final int PAGE_BYTES = 4096;

    /** Of Linux: go to the next data. The library's own constant of that name is that of holes. */
    private static final int SEEK_DATA = 3;

    /** Of Linux: there is nothing behind this place. */
    private static final int ENXIO = 6;

    private static final boolean CAN_ASK = "Linux".equals(System.getProperty("os.name"));
    private static final byte[] NOTHING = new byte[PAGE_BYTES];

    /** Negative when the operating system is not asked. */
    private int descriptor = -1;

    FileHoles(Path file) {
        if (CAN_ASK && file.getFileSystem().equals(FileSystems.getDefault())) {
            try {
                descriptor = PosixAPI.posix().open(file.toString(), OpenFlag.O_RDONLY.value(), 0);
            } catch (RuntimeException | LinkageError notThere) { // then all is read
                descriptor = -1;
            }
        }
    }

    /** The first place from another on where something may have been written; {@code Long.MAX_VALUE} when there is none. */
    long nextData(long position) {
        if (descriptor < 0) {
            return position;
        }
        long data = PosixAPI.posix().lseek(descriptor, position, SEEK_DATA);
        if (data >= 0) {
            return Math.max(position, data);
        }
        return PosixAPI.posix().lastError() == ENXIO ? Long.MAX_VALUE : position;
    }

    /** Whether there is nothing in these bytes, a page at most. */
    static boolean isHole(byte[] bytes, int from, int end) {
        return Arrays.equals(bytes, from, end, NOTHING, 0, end - from);
    }

    @Override
    public void close() {
        if (descriptor >= 0) {
            PosixAPI.posix().close(descriptor);
            descriptor = -1;
        }
    }
}
