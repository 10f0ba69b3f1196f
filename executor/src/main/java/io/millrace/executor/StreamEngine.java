package io.millrace.executor;

import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.CheckpointStore;
import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.circuit.OpenStream;
import io.millrace.executor.circuit.Query;
import io.millrace.executor.circuit.QueryDescription;
import io.millrace.executor.circuit.QueryRegistry;
import io.millrace.executor.circuit.QuerySurroundings;
import io.millrace.executor.circuit.QueryWatch;
import io.millrace.executor.circuit.ReadPosition;
import io.millrace.executor.circuit.StepLoop;
import io.millrace.executor.circuit.SystemTables;
import io.millrace.executor.column.Column;
import io.millrace.executor.dataflow.Checkpoints;
import io.millrace.executor.dataflow.Dataflow;
import io.millrace.executor.dataflow.HistoryNeed;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.log.CommitOrder;
import io.millrace.executor.log.DataDirectoryLock;
import io.millrace.executor.log.LogStart;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.metrics.EngineMetrics;
import io.millrace.executor.metrics.QueryMetrics;
import io.millrace.executor.metrics.RowTimeCounts;
import io.millrace.executor.metrics.WatermarkStatus;
import io.millrace.executor.state.MemoryBudget;
import io.millrace.executor.state.QueryMemory;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.view.ResultCursor;
import io.millrace.executor.work.Waits;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.StartPosition;
import io.millrace.plan.SubscriptionSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine: logs of streams, tables, the step loop that runs continuous queries, threads for bounded ones. Thread-safe.
 */
public final class StreamEngine implements AutoCloseable {
    private final EngineClock clock;
    private final StreamLogs logs;
    private final AutoCloseable directoryLock;
    private final EngineThreads threads;
    private final QueryRegistry registry = new QueryRegistry();
    private final QuerySurroundings surroundings;
    private final StepLoop loop;
    private final Dataflow views;
    private final ReadPositions positions;
    private final Queries queries;
    private final QueryWatch watch;
    private final LogTrimmer trimmer;
    private final AutoCloseable clockListener;
    private final Map<Long, OpenStream> streams = new ConcurrentHashMap<>();
    private final Tables tables;
    private final Producers producers;
    private final CommitOrder commits = new CommitOrder();
    /** Read by queries that start, written by what ends them: none starts on a log that is being closed. */
    private final ReadWriteLock starting = new ReentrantReadWriteLock();

    private volatile SystemTables systemTables = name -> {
        throw MillraceException.internal("no rows for system table \"" + name + "\"");
    };
    private volatile LongConsumer appendObserver = nanos -> {};
    private volatile boolean isClosed;

    StreamEngine(EngineSettings settings, Host host, StreamLogs logs, AutoCloseable directoryLock) {
        this.clock = host.clock();
        this.logs = logs;
        this.directoryLock = directoryLock;
        this.threads = new EngineThreads(host.threads(), settings.queryThreads());
        this.surroundings = new QuerySurroundings(
                clock,
                registry,
                settings.resultBufferRows(),
                new MemoryBudget(
                        settings.queryMemory().bytes(),
                        settings.allQueriesMemory().bytes()),
                name -> systemTables.rows(name),
                logs.identity());
        this.tables = new Tables(this, settings, clock, logs, commits);
        this.producers = new Producers(logs.producers(), streams, tables);
        this.loop = new StepLoop(clock, work -> host.threads().thread("millrace-steps", work), threads.ticks());
        this.views = new Dataflow(
                clock,
                () -> ReadPositions.cut(streams, tables, commits),
                new StepLog(logs.openSteps()),
                new MemoryBudget(
                        settings.viewMemory().bytes(), settings.allViewsMemory().bytes()),
                threads.fillings(),
                checkpoints(logs, settings, threads),
                settings.stepRows(),
                work -> host.threads().thread("millrace-views", work));
        this.positions = new ReadPositions(streams, tables, commits, views, settings.waitsForViews());
        this.queries = new Queries(
                surroundings, streams, loop, views, positions, threads.queries(), settings.subscriptionBufferRows());
        commits.onPublish(views::published);
        this.watch = new QueryWatch(
                clock,
                registry,
                settings.stepTime().toNanos(),
                views::expire,
                work -> host.threads().thread("millrace-watch", work));
        this.trimmer = new LogTrimmer(
                clock, streams::values, views, settings, work -> host.threads().thread("millrace-retention", work));
        this.clockListener = clock.onAdvance(() -> {
            trimmer.signal();
            loop.signal();
            views.signal();
            watch.signal();
        });
        loop.start();
        views.start();
        watch.start();
        trimmer.start();
    }

    private static @Nullable Checkpoints checkpoints(StreamLogs logs, EngineSettings settings, EngineThreads threads) {
        CheckpointStore store = logs.checkpoints();
        return store == null
                ? null
                : new Checkpoints(
                        store,
                        threads.checkpoints(),
                        settings.checkpointInterval(),
                        settings.checkpointInput().bytes());
    }

    /** Opens the engine on its data directory, which it locks; streams are opened by {@link #openStream}. */
    public static StreamEngine open(EngineSettings settings, EngineClock clock) {
        return open(settings, Host.local(clock), failure -> {});
    }

    /**
     * Opens the engine as {@link #open(EngineSettings, EngineClock)}, on any kind of machine.
     *
     * @param onLogFailure is told when a log could not be written or synced: nothing is known of what was being written, and
     *     the log refuses appends from then on
     */
    public static StreamEngine open(EngineSettings settings, Host host, Consumer<Throwable> onLogFailure) {
        DataDirectoryLock lock = DataDirectoryLock.acquire(settings.dataDirectory());
        return new StreamEngine(settings, host, new ChronicleLogs(settings, host, onLogFailure), lock);
    }

    /** Opens the log of a stream, creating it when there is none, and recovers it after an unclean end. */
    public void openStream(StreamDefinition definition) {
        checkOpen();
        streams.compute(definition.id(), (id, present) -> {
            if (present != null) {
                throw MillraceException.internal("stream \"" + definition.name() + "\" is open already");
            }
            OpenStream stream = new OpenStream(
                    definition, watermark -> logs.open(definition, watermark), clock.epochMicros(), commits);
            if (views.failure() == null) {
                stream.log().noteIfUnknown(views.lastCatalog()); // of all views that there can have been
            }
            stream.log().onAppend(loop::signal);
            return stream;
        });
        commits.publish(0, () -> {}); // whoever looks from now on sees it
    }

    /** Gives a stream other options: what is kept of it changes with the next look at that. */
    public void alterStream(StreamDefinition definition) {
        OpenStream stream = streams.get(definition.id());
        if (stream == null) {
            throw noStream(definition.id());
        }
        stream.alter(definition);
        stream.log().limit(logs.generations(definition));
    }

    /** Recovery is over, and rows can come from now on: the time until now does not count as silence of the streams. */
    public void awake() {
        long now = clock.epochMicros();
        streams.values().forEach(stream -> stream.awake(now));
    }

    /** The tables, and what changes them. */
    public Tables tables() {
        return tables;
    }

    /** The named producers. */
    public Producers producers() {
        return producers;
    }

    /**
     * One cut through all streams, tables and views, at which any number of queries can read: see {@link QueryOptions#at}. The
     * caller closes it.
     *
     * <p>A transaction that only reads takes one at its first statement, gives it to every query, and closes it at its end;
     * all its statements then see the same rows. What was acknowledged before this call is seen.
     */
    public ReadPosition pin() {
        return positions.all().keepStreams();
    }

    /** The cut through what a plan reads; waits for views. */
    ReadPosition pin(PlanNode root) {
        return positions.await(root);
    }

    /**
     * The cut of a step through what a query reads, after which its changes can be followed: {@link #subscribe} with that
     * position gives all that the query at this cut does not. The caller closes it.
     *
     * @param id of who will follow them
     */
    public ReadPosition mark(long id, PlanNode root) {
        checkOpen();
        views.mark(id);
        return positions.ofStep(root);
    }

    /** Where a plan can be read now; null when the views have yet to take something first. */
    public @Nullable ReadPosition positionNow(PlanNode root) {
        CompletableFuture<ReadPosition> position = positions.of(root);
        return position.isDone() && !position.isCompletedExceptionally() ? Waits.join(position) : null;
    }

    /** The materialized views. */
    public Dataflow views() {
        return views;
    }

    /** The streams and tables that have a log on disk; only before they are opened. */
    public Set<Long> storedLogs() {
        return logs.present();
    }

    /** Ends the queries on a stream with an error, closes its log and deletes it; also one that could not be opened. */
    public void dropStream(long streamId) {
        OpenStream stream = whileNoneStarts(() -> streams.remove(streamId));
        if (stream != null) {
            registry.abortOn(
                    streamId,
                    new MillraceException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "stream \"" + stream.definition().name() + "\" has been dropped"));
            stream.close();
        }
        logs.delete(streamId);
    }

    /** Appends rows; see {@link io.millrace.executor.log.Log#append}. NOT NULL columns are checked (23502). */
    public CompletableFuture<AppendResult> append(
            long streamId, List<Column> columns, int rowCount, @Nullable ProducerSequence producer) {
        OpenStream stream = streams.get(streamId);
        if (stream == null || isClosed) {
            return CompletableFuture.failedFuture(isClosed ? shuttingDown() : noStream(streamId));
        }
        long began = clock.nanoTime();
        CompletableFuture<AppendResult> appended = stream.append(columns, rowCount, producer, clock.epochMicros());
        return appended.whenComplete((result, failure) -> {
            if (failure == null) {
                appendObserver.accept(clock.nanoTime() - began);
            }
        });
    }

    /** Whether executing a query takes less time than handing it to another thread would. */
    public static boolean isSmall(PlanNode root) {
        return SmallQueries.isSmall(root);
    }

    /** Runs a query whose parameters have been bound; bounded ones see all appends acknowledged before the call. */
    public ResultCursor execute(
            PlanNode root, List<OutputColumn> output, boolean continuous, StartPosition start, QueryOptions options) {
        return execute(root, output, continuous, start, options, threads.queries());
    }

    /** @param on what runs the query, if it is bounded */
    ResultCursor execute(
            PlanNode root,
            List<OutputColumn> output,
            boolean continuous,
            StartPosition start,
            QueryOptions options,
            Executor on) {
        starting.readLock().lock();
        try {
            checkOpen();
            Query query = queries.query(root, output, continuous, start, options, on);
            query.start();
            if (!query.result().isEnded()) {
                watch.signal();
            }
            return query.result();
        } finally {
            starting.readLock().unlock();
        }
    }

    /**
     * Follows a query whose parameters have been bound.
     *
     * @param viewId of the materialized view that the query is; -1 when it is something else
     */
    public ResultCursor subscribe(
            StandingQuery standing,
            List<OutputColumn> output,
            SubscriptionSpec spec,
            long viewId,
            QueryOptions options) {
        starting.readLock().lock();
        try {
            checkOpen();
            Query query = queries.subscription(standing, output, spec, viewId, options);
            query.start();
            watch.signal();
            return query.result();
        } finally {
            starting.readLock().unlock();
        }
    }

    private <T> T whileNoneStarts(Supplier<T> change) {
        Waits.lock(starting.writeLock());
        try {
            return change.get();
        } finally {
            starting.writeLock().unlock();
        }
    }

    /** A position that has all that was acknowledged before the call, also when nobody follows steps yet. */
    public long reachedPosition() {
        return Waits.join(views.position(Set.of(), commits.sequence())).position();
    }

    /** Returns when all views and continuous queries have taken in what was acknowledged before the call. */
    public void flush() {
        if (!views.isEmpty()) {
            Waits.join(views.position(Set.of(), commits.sequence()));
        }
        Map<OpenStream, Long> ends = new HashMap<>();
        streams.values().forEach(stream -> ends.put(stream, stream.log().end().nextLsn()));
        Waits.join(loop.flush(ends));
    }

    /** Tells the engine who is told how long each append took, in nanoseconds until it was acknowledged. */
    public void onAppended(LongConsumer observer) {
        appendObserver = observer;
    }

    /** Tells the engine who makes the rows of system tables; they may show the engine itself. */
    public void serve(SystemTables tables) {
        systemTables = tables;
    }

    /** Memory for work that is no query, such as computing the rows of an INSERT; counts with that of all queries. */
    public QueryMemory openMemory() {
        return surroundings.memory().open();
    }

    /**
     * Tells the engine who will ask for the changes after a position; before, no log is trimmed.
     *
     * @param needs gives null while that is not known
     */
    public void keepHistory(Supplier<@Nullable List<HistoryNeed>> needs) {
        trimmer.needs(needs);
    }

    /** The running queries, oldest first. */
    public List<QueryStatus> queries() {
        return registry.running().stream().map(StreamEngine::status).toList();
    }

    /** What a running query has done so far; null when there is none of that number. */
    public @Nullable QueryMetrics metrics(long queryId) {
        Query query = registry.find(queryId);
        return query == null ? null : query.metrics();
    }

    /** What the engine has done and holds. */
    public EngineMetrics metrics() {
        MemoryBudget memory = surroundings.memory();
        return new EngineMetrics(memory.usedBytes(), memory.totalBytes(), loop.metrics(), registry.operatorTotals());
    }

    /** Ends a query with 57014; false when there is none of that number. */
    public boolean kill(long queryId) {
        Query query = registry.find(queryId);
        if (query == null) {
            return false;
        }
        query.result().cancel(new MillraceException(ErrorCode.CANCELLED, "query was cancelled by KILL QUERY"));
        return true;
    }

    public StreamStatus status(long streamId) {
        OpenStream stream = streams.get(streamId);
        if (stream == null) {
            throw noStream(streamId);
        }
        RowTimeCounts counts = stream.rowTimeCounts();
        LogStart start = stream.log().start();
        return new StreamStatus(
                stream.log().end().rowCount(),
                start.row(),
                start.time(),
                stream.log().sizeBytes(),
                stream.log().trimmedBytes(),
                trimmer.heldBack(streamId),
                stream.watermark(clock.epochMicros()),
                counts.late(),
                counts.nullTime(),
                counts.future(),
                stream.log().failure());
    }

    /** How far the time of a stream has come. */
    public WatermarkStatus watermark(long streamId) {
        OpenStream stream = streams.get(streamId);
        if (stream == null) {
            throw noStream(streamId);
        }
        long now = clock.epochMicros();
        return new WatermarkStatus(
                stream.watermark(now), stream.watermarkHolder(now), registry.nextWindowEnd(streamId));
    }

    @Override
    public synchronized void close() {
        boolean wasClosed = whileNoneStarts(() -> {
            boolean before = isClosed;
            isClosed = true;
            return before;
        });
        if (wasClosed) {
            return;
        }
        registry.abortAll(shuttingDown());
        trimmer.close();
        loop.close();
        views.close();
        watch.close();
        threads.close();
        try {
            clockListener.close();
            streams.values().forEach(stream -> stream.keepIdleWatermark(clock.epochMicros()));
            streams.values().forEach(OpenStream::close);
            streams.clear();
            tables.close();
            directoryLock.close();
        } catch (Exception e) {
            throw e instanceof RuntimeException unchecked ? unchecked : new CompletionException(e);
        }
    }

    private static QueryStatus status(Query query) {
        QueryDescription description = query.description();
        return new QueryStatus(
                description.id(),
                query.isContinuous(),
                description.sql(),
                description.client(),
                description.started(),
                query.metrics());
    }

    private void checkOpen() {
        if (isClosed) {
            throw shuttingDown();
        }
    }

    static MillraceException shuttingDown() {
        return new MillraceException(ErrorCode.SHUTTING_DOWN, "the server is shutting down");
    }

    private static MillraceException noStream(long streamId) {
        return new MillraceException(ErrorCode.UNDEFINED_OBJECT, "stream number " + streamId + " does not exist");
    }
}
