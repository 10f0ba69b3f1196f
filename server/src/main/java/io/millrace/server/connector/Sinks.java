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
import java.util.concurrent.CompletableFuture;
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

    /**
     * Returns when every sink has written what came up to a position; a sink that is dropped meanwhile need not.
     *
     * @param nanos that it may take; 0: as long as it takes
     * @throws MillraceException naming a sink that cannot write, or takes longer
     */
    public void flush(long position, long nanos) {
        List<RunningSink> all = List.copyOf(running.values());
        List<CompletableFuture<Void>> written =
                all.stream().map(sink -> sink.flush(position)).toList();
        CompletableFuture<Void> whole = CompletableFuture.allOf(written.toArray(CompletableFuture[]::new));
        Thread own = Thread.currentThread();
        written.forEach(each -> each.whenComplete((done, failure) -> Waits.unpark(own)));
        whole.whenComplete((done, failure) -> Waits.unpark(own)); // which may be after each of them has told
        long began = clock.nanoTime();
        while (!whole.isDone() && written.stream().noneMatch(CompletableFuture::isCompletedExceptionally)) {
            long left = nanos - (clock.nanoTime() - began);
            if (nanos > 0 && left <= 0) {
                throw late(all, written, position, nanos);
            }
            if (nanos > 0) {
                Waits.parkNanos(this, left);
            } else {
                Waits.park(this);
            }
        }
        for (CompletableFuture<Void> each : written) {
            if (each.isDone()) {
                try {
                    Waits.join(each);
                } catch (CompletionException failure) {
                    throw failure.getCause() instanceof MillraceException known ? known : failure;
                }
            }
        }
    }

    private static MillraceException late(
            List<RunningSink> sinks, List<CompletableFuture<Void>> written, long position, long nanos) {
        for (int i = 0; i < sinks.size(); i++) {
            if (!written.get(i).isDone()) {
                return new MillraceException(
                                ErrorCode.CANCELLED,
                                sinks.get(i).name() + " has written up to position "
                                        + sinks.get(i).status().position() + " of " + position + " in "
                                        + nanos / 1_000_000 + " ms")
                        .withHint("It goes on by itself; sys.sinks tells how far it is.");
            }
        }
        return MillraceException.internal("no sink is late");
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
