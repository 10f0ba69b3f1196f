package io.millrace.server.connector;

import io.millrace.catalog.SinkDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.dataflow.HistoryNeed;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.SubscriptionSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The running sinks, by their numbers. Thread-safe. */
public final class Sinks implements AutoCloseable {
    private final StreamEngine engine;
    private final LongFunction<SinkDefinition> definitions;
    private final EngineClock clock;
    private final ConnectorSettings settings;
    private final FileRoots roots;
    private final SinkProgress progress;
    private final ThreadFactory threads;
    private final Map<Long, RunningSink> running = new ConcurrentHashMap<>();

    private volatile boolean isComplete;

    /**
     * @param definitions plans a sink of a number against the catalog as it is
     * @param data where, and how, data is kept
     */
    public Sinks(
            StreamEngine engine,
            LongFunction<SinkDefinition> definitions,
            EngineClock clock,
            ConnectorSettings settings,
            EngineSettings data,
            ThreadFactory threads) {
        this.engine = engine;
        this.definitions = definitions;
        this.clock = clock;
        this.settings = settings;
        this.roots = FileRoots.of(settings.fileRoots());
        this.progress = new SinkProgress(data.dataDirectory(), data.syncAppends());
        this.threads = threads;
    }

    /** Refuses a new sink whose options are wrong, or that would go on after what another has written. */
    public void check(SinkDefinition sink) {
        FileSinkOptions options = FileSinkOptions.of(sink, settings);
        try (FileSink file = open(sink, options, true)) {
            if (file.lastCommitted() != SinkConnector.NOTHING) {
                throw new MillraceException(
                                ErrorCode.INVALID_PARAMETER,
                                "directory \"" + options.path() + "\" has files of a sink \"" + sink.name()
                                        + "\" already")
                        .withHint("Move them away, or name another directory.");
            }
        } catch (IOException failure) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR, "directory \"" + options.path() + "\" cannot be used: " + failure, failure);
        }
    }

    private FileSink open(SinkDefinition sink, FileSinkOptions options, boolean creates) {
        List<OutputColumn> columns = new ArrayList<>(sink.hasEnvelope() ? SubscriptionSpec.ENVELOPE : List.of());
        columns.addAll(sink.columns());
        return new FileSink(roots.directory(options.path(), creates), sink.name(), options, columns);
    }

    /**
     * Starts a sink.
     *
     * @param isNew whether it is waited for that a sink which begins now has it on disk where that is
     */
    public void start(SinkDefinition sink, boolean isNew) {
        RunningSink started = new RunningSink(
                sink.id(),
                sink.name(),
                () -> definitions.apply(sink.id()),
                new Files(),
                progress,
                engine,
                clock,
                threads);
        running.put(sink.id(), started);
        started.start();
        if (isNew && sink.fromNow()) {
            try {
                Waits.join(started.begun());
            } catch (CompletionException failure) {
                stop(sink.id());
                throw failure.getCause() instanceof MillraceException known
                        ? known
                        : new MillraceException(
                                ErrorCode.IO_ERROR, "sink \"" + sink.name() + "\": " + failure.getCause(), failure);
            }
        }
    }

    /** Returns when nothing is written for the sink any more. */
    public void stop(long sinkId) {
        RunningSink sink = running.remove(sinkId);
        if (sink != null) {
            sink.close();
            progress.forget(sinkId);
        }
    }

    /** All sinks that there were when the server ended have been started. */
    public void started() {
        isComplete = true;
    }

    /** What the sinks will need after a restart; null before all have been started. */
    public @Nullable List<HistoryNeed> needs() {
        return isComplete ? running.values().stream().map(RunningSink::need).toList() : null;
    }

    /** Null when there is none of that number. */
    public @Nullable SinkStatus status(long sinkId) {
        RunningSink sink = running.get(sinkId);
        return sink == null ? null : sink.status();
    }

    @Override
    public void close() {
        for (long sinkId : List.copyOf(running.keySet())) {
            RunningSink sink = running.remove(sinkId);
            if (sink != null) {
                sink.close();
            }
        }
    }

    /** The connectors there are. */
    private final class Files implements RunningSink.SinkConnectors {
        @Override
        public SinkConnector open(SinkDefinition sink) {
            return Sinks.this.open(sink, FileSinkOptions.of(sink, settings), false);
        }

        @Override
        public SinkGroups.Limits limits(SinkDefinition sink) {
            FileSinkOptions options = FileSinkOptions.of(sink, settings);
            return new SinkGroups.Limits(
                    sink.hasEnvelope(),
                    options.rollInterval().toNanos(),
                    options.rollSize().bytes());
        }
    }
}
