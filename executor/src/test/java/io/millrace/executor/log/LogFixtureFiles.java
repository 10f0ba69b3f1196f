package io.millrace.executor.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies and deletes directories of logs. */
final class LogFixtureFiles {
    private LogFixtureFiles() {}

    static List<Path> walk(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList();
        }
    }

    /** Copies only what files really hold: the queue's are sparse. */
    static void copy(Path from, Path to) throws IOException {
        for (Path file : walk(from)) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static List<Path> queueFiles(Path directory) throws IOException {
        return walk(directory).stream()
                .filter(file -> file.toString().endsWith(".cq4"))
                .sorted()
                .toList();
    }

    static void delete(Path directory) throws IOException {
        for (Path file :
                walk(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
