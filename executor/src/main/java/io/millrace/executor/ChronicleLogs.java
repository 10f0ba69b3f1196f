package io.millrace.executor;

import io.millrace.catalog.Retention;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.WatermarkDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.CheckpointStore;
import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.log.BlockWatermark;
import io.millrace.executor.log.ChronicleLog;
import io.millrace.executor.log.DirectoryIdentity;
import io.millrace.executor.log.Durable;
import io.millrace.executor.log.GenerationLimits;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.LogOptions;
import io.millrace.executor.log.ProducerEpochs;
import io.millrace.settings.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps each log in a directory of its own, {@code streams/<number>}. */
final class ChronicleLogs implements StreamLogs {
    /** Its log is always synced: the logs of streams may not outlive their definitions. */
    private static final long CATALOG_ID = 0;

    /** Of the space that is kept free, so much is kept from steps: they go on while rows are refused. */
    private static final long STEPS_SHARE = 4;
    /** And so much from definitions: what is not needed any more can be dropped when nothing else can be written. */
    private static final long CATALOG_SHARE = 16;

    private static final int PARTS = 16;
    private static final long SMALLEST_PART_BYTES = 64L << 10;
    private static final long SMALLEST_PART_MICROS = 1_000_000;
    private static final long STEPS_BYTES = 64L << 20;

    private static final String DELETED = ".deleted";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final EngineSettings settings;
    private final Host host;
    private final ProducerEpochs producers;
    private final Consumer<Throwable> onFailure;
    private volatile boolean isCreated;

    /** @param onFailure is told when a log could not be written or synced */
    ChronicleLogs(EngineSettings settings, Host host, Consumer<Throwable> onFailure) {
        this.settings = settings;
        this.host = host;
        this.producers = new ProducerEpochs(settings.producers());
        this.onFailure = onFailure;
    }

    @Override
    public Log open(StreamDefinition definition, @Nullable BlockWatermark watermark) {
        createDirectory();
        WatermarkDefinition declared = definition.watermark();
        boolean isCatalog = definition.id() == CATALOG_ID;
        return ChronicleLog.open(
                directory(definition.id()),
                new LogOptions(
                        definition.name(),
                        definition.columnTypes(),
                        declared == null ? -1 : declared.timeColumn(),
                        watermark,
                        settings.syncAppends() || isCatalog,
                        host.clock(),
                        isCatalog
                                ? settings.minimumFree().bytes() / CATALOG_SHARE
                                : DiskReserve.bytes(settings, host.disk()),
                        producers,
                        this::writer,
                        onFailure,
                        generations(definition)),
                host.disk());
    }

    /** Whose name is on disk before that of any log in it. */
    private void createDirectory() {
        Path streams = settings.dataDirectory().resolve("streams");
        try {
            if (!isCreated) {
                Durable.createDirectories(streams);
                isCreated = true;
            }
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.IO_ERROR, "cannot create " + streams + ": " + e, e);
        }
    }

    private Thread writer(Runnable work) {
        return host.threads().thread("log", work);
    }

    @Override
    public Log openSteps() {
        return ChronicleLog.open(
                settings.dataDirectory().resolve("steps"),
                new LogOptions(
                        StepLog.DEFINITION.name(),
                        StepLog.DEFINITION.columnTypes(),
                        StepLog.TIME_COLUMN,
                        null,
                        settings.syncAppends(),
                        host.clock(),
                        settings.minimumFree().bytes() / STEPS_SHARE,
                        producers,
                        this::writer,
                        onFailure,
                        generations(STEPS_BYTES, settings.subscriptionRetention())),
                host.disk());
    }

    /** A log is trimmed in parts of what is kept of it. */
    @Override
    public GenerationLimits generations(StreamDefinition definition) {
        Retention retention = definition.retention();
        Duration time = retention.time();
        ByteSize size = retention.size();
        if (retention.isForever()) {
            boolean mayBeTrimmed = definition.options().containsKey(Retention.TIME);
            return mayBeTrimmed ? GenerationLimits.NO_MORE : GenerationLimits.NONE;
        }
        return generations(
                size == null ? Long.MAX_VALUE : size.bytes() / PARTS, time == null ? Duration.ofDays(36_500) : time);
    }

    private static GenerationLimits generations(long bytes, Duration time) {
        return new GenerationLimits(
                Math.max(SMALLEST_PART_BYTES, bytes), Math.max(SMALLEST_PART_MICROS, time.toMillis() * 1_000 / PARTS));
    }

    @Override
    public ProducerEpochs producers() {
        return producers;
    }

    @Override
    public String identity() {
        return DirectoryIdentity.of(settings.dataDirectory());
    }

    @Override
    public CheckpointStore checkpoints() {
        return new CheckpointStore(settings.dataDirectory().resolve("checkpoints"));
    }

    /** Renames it first, so that a deletion cut short leaves no half of a log behind under the name of a whole one. */
    @Override
    public void delete(long streamId) {
        Path directory = directory(streamId);
        if (!Files.exists(directory)) {
            return;
        }
        Path doomed = directory.resolveSibling(streamId + DELETED);
        try {
            Files.move(directory, doomed);
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.IO_ERROR, "cannot delete the log in " + directory + ": " + e, e);
        }
        deleteTree(doomed);
    }

    @Override
    public Set<Long> present() {
        Path streams = settings.dataDirectory().resolve("streams");
        if (!Files.exists(streams)) {
            return Set.of();
        }
        List<Path> present;
        try (Stream<Path> directories = Files.list(streams)) {
            present = directories.toList();
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.IO_ERROR, "cannot list " + streams + ": " + e, e);
        }
        Set<Long> streamIds = new TreeSet<>();
        for (Path directory : present) {
            String name = directory.getFileName().toString();
            if (name.endsWith(DELETED)) {
                deleteTree(directory);
            } else if (NUMBER.matcher(name).matches()) {
                streamIds.add(Long.parseLong(name));
            }
        }
        return streamIds;
    }

    private static void deleteTree(Path root) {
        try {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(root)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.IO_ERROR, "cannot delete " + root + ": " + e, e);
        }
    }

    private Path directory(long streamId) {
        return settings.dataDirectory().resolve("streams").resolve(Long.toString(streamId));
    }
}
