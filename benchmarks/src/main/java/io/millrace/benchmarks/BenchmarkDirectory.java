package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A data directory that goes with what was measured: some fill gigabytes. */
record BenchmarkDirectory(Path path) implements AutoCloseable {
    static BenchmarkDirectory create() throws IOException {
        return new BenchmarkDirectory(Files.createTempDirectory("millrace-benchmark"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
