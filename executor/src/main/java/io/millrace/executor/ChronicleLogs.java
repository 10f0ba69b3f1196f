package io.millrace.executor;

import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.WatermarkDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.log.BlockWatermark;
import io.millrace.executor.log.ChronicleLog;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.LogOptions;
import io.millrace.executor.time.EngineClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps each log in a directory of its own, {@code streams/<number>}. */
final class ChronicleLogs implements StreamLogs {
    private final EngineSettings settings;
    private final EngineClock clock;

    ChronicleLogs(EngineSettings settings, EngineClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Log open(StreamDefinition definition, @Nullable BlockWatermark watermark) {
        WatermarkDefinition declared = definition.watermark();
        return ChronicleLog.open(
                directory(definition.id()),
                new LogOptions(
                        definition.name(),
                        definition.columnTypes(),
                        declared == null ? -1 : declared.timeColumn(),
                        watermark,
                        settings.syncAppends(),
                        clock));
    }

    /** Renames it first, so that a deletion cut short leaves no half of a log behind under the name of a whole one. */
    @Override
    public void delete(long streamId) {
        Path directory = directory(streamId);
        try {
            Path doomed = directory.resolveSibling(streamId + ".deleted");
            Files.move(directory, doomed);
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(doomed)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.IO_ERROR, "cannot delete the log in " + directory + ": " + e, e);
        }
    }

    private Path directory(long streamId) {
        return settings.dataDirectory().resolve("streams").resolve(Long.toString(streamId));
    }
}
