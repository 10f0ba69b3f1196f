package io.millrace.executor.verify;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.CheckpointVerifier;
import io.millrace.executor.log.Finding;
import io.millrace.executor.log.LogReport;
import io.millrace.executor.log.LogVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks all that is in a data directory which no server uses. */
public final class DataVerifier {
    static final String STREAMS = "streams";
    static final String STEPS = "steps";
    static final String CHECKPOINTS = "checkpoints";
    static final long CATALOG = 0;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final Path directory;
    private final Map<Long, LogReport> streams = new TreeMap<>();
    private final List<LogReport> steps = new ArrayList<>();
    private final List<Finding> missing = new ArrayList<>();

    private DataVerifier(Path directory) {
        this.directory = directory;
    }

    /** @throws MillraceException when it is no data directory */
    public static DataReport verify(Path directory) throws IOException {
        return new DataVerifier(directory).verify();
    }

    private DataReport verify() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new MillraceException(ErrorCode.IO_ERROR, "there is no data directory \"" + directory + "\"");
        }
        for (Path log : children(directory.resolve(STREAMS))) {
            String name = log.getFileName().toString();
            if (NUMBER.matcher(name).matches()) {
                streams.put(Long.parseLong(name), LogVerifier.verify(log, STREAMS + "/" + name));
            }
        }
        if (!streams.isEmpty() && !streams.containsKey(CATALOG)) {
            Path catalog = directory.resolve(STREAMS).resolve(Long.toString(CATALOG));
            missing.add(new Finding(STREAMS + "/" + CATALOG, catalog, 0, "the catalog is missing"));
        }
        Path log = directory.resolve(STEPS);
        if (Files.exists(log)) {
            steps.add(LogVerifier.verify(log, STEPS));
        }
        List<Finding> checkpoints = CheckpointVerifier.verify(directory.resolve(CHECKPOINTS), CHECKPOINTS);
        return new DataReport(directory, streams, steps, checkpoints, missing);
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
