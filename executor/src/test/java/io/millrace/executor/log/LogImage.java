package io.millrace.executor.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The files of a log as they are at some moment, without the empty part of the queue's sparse files. */
record LogImage(Map<String, Content> files) {
    /** The bytes up to the last that is not 0, and the length. */
    record Content(byte[] used, long length) {}

    static LogImage of(Path directory) throws IOException {
        Map<String, Content> files = new TreeMap<>();
        for (Path file : LogFixtureFiles.walk(directory)) {
            if (Files.isRegularFile(file)) {
                byte[] bytes = Files.readAllBytes(file);
                int used = bytes.length;
                while (used > 0 && bytes[used - 1] == 0) {
                    used--;
                }
                files.put(directory.relativize(file).toString(), new Content(Arrays.copyOf(bytes, used), bytes.length));
            }
        }
        return new LogImage(files);
    }

    void restore(Path directory) throws IOException {
        for (Map.Entry<String, Content> file : files.entrySet()) {
            Path target = directory.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            try (RandomAccessFile out = new RandomAccessFile(target.toFile(), "rw")) {
                out.setLength(0);
                out.write(file.getValue().used());
                out.setLength(file.getValue().length());
            }
        }
    }
}
