package io.millrace.server.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A disk that keeps only what it was told to bring there, and can fail. What happens to it is counted, so that a crash can come
 * at each of its operations.
 */
final class SimulatedDisk {
    private final SimulatedDirectory root;
    private final SimulatedFileSystem files = new SimulatedFileSystem(this);

    private long operations;
    private long crashAt = Long.MAX_VALUE;
    private Runnable onCrash = () -> {};
    private Runnable onForce = () -> {};
    private long failAt = Long.MAX_VALUE;
    private long usable = Long.MAX_VALUE;

    SimulatedDisk() {
        this(new SimulatedDirectory());
    }

    private SimulatedDisk(SimulatedDirectory root) {
        this.root = root;
    }

    SimulatedDirectory root() {
        return root;
    }

    Path path(String absolute) {
        return files.getPath(absolute);
    }

    /** How often something was changed or brought to the disk. */
    long operations() {
        return operations;
    }

    /** Calls once, before an operation that is the given number of operations away. */
    void crashIn(long count, Runnable what) {
        crashAt = operations + count;
        onCrash = what;
    }

    /** Lets the operation fail that is so many away, and all after it. */
    void failIn(long count) {
        failAt = operations + count;
    }

    /** Whether an operation has failed. */
    boolean hasFailed() {
        return operations > failAt;
    }

    void onForce(Runnable what) {
        onForce = what;
    }

    void usable(long bytes) {
        usable = bytes;
    }

    long usable() {
        return usable;
    }

    /** The disk after a crash that comes now. */
    SimulatedDisk after(CrashKind kind, SplittableRandom random) {
        return new SimulatedDisk(root.after(kind, random));
    }

    /** Before each operation. */
    void operation() throws IOException {
        if (operations++ == crashAt) {
            onCrash.run();
        }
        if (hasFailed()) {
            throw new IOException("Input/output error");
        }
    }

    void forced() {
        onForce.run();
    }

    /** The engine has come to use what is not simulated: what a crash does to it has to be modelled first. */
    static AssertionError lacks(String operation) {
        return new AssertionError("the simulated disk does not simulate " + operation);
    }
}
