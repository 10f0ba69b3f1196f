package io.millrace.executor.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Brings files and directories to the disk. */
public final class Durable {
    private Durable() {}

    /** Replaces a file as a whole: after a crash there is the old one or the new one. */
    public static void replace(Path directory, String name, byte[] content) throws IOException {
        Path temporary = directory.resolve(name + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        force(directory);
    }

    /**
     * Creates a directory, and those above it that are not there. Their names are on disk when this returns, and so is that of
     * a directory that was there: whoever made it may have been killed before it could force it.
     */
    public static void createDirectories(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        Path parent = absolute.getParent();
        if (parent == null) {
            return;
        }
        if (!Files.isDirectory(absolute)) {
            if (!Files.isDirectory(parent)) {
                createDirectories(parent);
            }
            Files.createDirectories(absolute);
        }
        if (Files.isReadable(parent)) { // else nobody but its owner can force it
            force(parent);
        }
    }

    /** Forces a file, or the names in a directory. */
    static void force(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Forces a directory and the files in it. */
    static void forceAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                force(file);
            }
        }
        force(directory);
    }
}
