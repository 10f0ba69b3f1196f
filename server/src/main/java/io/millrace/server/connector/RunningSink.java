package io.millrace.server.connector;

import io.millrace.catalog.SinkDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.QueryOptions;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.circuit.ReadPosition;
import io.millrace.executor.column.Column;
import io.millrace.executor.dataflow.HistoryNeed;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.executor.work.Signal;
import io.millrace.executor.work.Waits;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.StartPosition;
import io.millrace.plan.SubscriptionSpec;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sink at work, on a thread of its own: it finds out how far all has been written, and writes what comes after. When it
 * cannot, it waits, and begins again in the same way; nothing else waits for it. Thread-safe.
 */
final class RunningSink implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(RunningSink.class);
    private static final long FIRST_BACK_OFF_MILLIS = 100;
    private static final long LAST_BACK_OFF_MILLIS = 10_000;
    private static final long CLOSE_MILLIS = 10_000;
    private static final int BATCH_ROWS = Column.MAX_ROWS;

    private final String name;
    private final Supplier<SinkDefinition> definition;
    private final SinkConnectors connectors;
    private final StreamEngine engine;
    private final EngineClock clock;
    private final Thread thread;
    private final Signal news = new Signal();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    private volatile boolean isStopped;
    private volatile String state = "starting";
    private volatile @Nullable String error;
    private volatile @Nullable SinkDefinition planned;
    private volatile long position = SinkConnector.NOTHING;
    private volatile long files;
    private volatile long rows;
    /** Up to here all has been written by this run of the server. */
    private volatile long committed = SinkConnector.NOTHING;

    /** Opens what a sink writes to. */
    interface SinkConnectors {
        SinkConnector open(SinkDefinition sink);

        SinkGroups.Limits limits(SinkDefinition sink);
    }

    /** @param definition as it is planned now */
    RunningSink(
            String name,
            Supplier<SinkDefinition> definition,
            SinkConnectors connectors,
            StreamEngine engine,
            EngineClock clock,
            ThreadFactory threads) {
        this.name = name;
        this.definition = definition;
        this.connectors = connectors;
        this.engine = engine;
        this.clock = clock;
        thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Completes when it is known on disk where the sink begins; exceptionally when the first attempt has failed. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    SinkStatus status() {
        return new SinkStatus(position, files, rows, state, error);
    }

    /** What it will need after a restart. */
    HistoryNeed need() {
        SinkDefinition sink = planned;
        StandingQuery query = sink == null ? null : sink.query();
        return new HistoryNeed(
                "sink \"" + name + "\"",
                committed,
                query == null ? null : query.root(),
                sink == null ? -1 : sink.viewId());
    }

    private void run() {
        long backOff = FIRST_BACK_OFF_MILLIS;
        while (!isStopped) {
            long before = committed;
            try {
                work();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            } catch (Exception | Error cause) { // the sink must outlive it
                backOff = committed > before ? FIRST_BACK_OFF_MILLIS : backOff;
                if (!isStopped) {
                    failed(cause, committed > before);
                    await(backOff);
                    backOff = Math.min(2 * backOff, LAST_BACK_OFF_MILLIS);
                }
            }
        }
        begun.completeExceptionally(new MillraceException(ErrorCode.SHUTTING_DOWN, "the sink has been stopped"));
        state = "stopped";
    }

    private void failed(Throwable cause, boolean hasComeOn) {
        if (hasComeOn && cause instanceof MillraceException slow && slow.code() == ErrorCode.LIMIT_EXCEEDED) {
            LOGGER.info("sink \"{}\" is slower than what comes, and goes on after position {}", name, committed);
            return;
        }
        String message = message(cause);
        if (message.equals(error)) {
            return; // it has been told
        }
        if (cause instanceof MillraceException || cause instanceof IOException) {
            LOGGER.error("sink \"{}\" is paused: {}", name, message);
        } else {
            LOGGER.error("sink \"{}\" is paused", name, cause);
        }
        error = message;
        state = "paused";
        begun.completeExceptionally(cause);
    }

    private static String message(Throwable cause) {
        if (cause instanceof IOException) {
            return "it cannot write: " + cause;
        }
        return cause instanceof MillraceException ? String.valueOf(cause.getMessage()) : cause.toString();
    }

    private void await(long millis) {
        news.await(TimeUnit.MILLISECONDS.toNanos(millis));
        isStopped |= Thread.currentThread().isInterrupted();
    }

    private void work() throws IOException, InterruptedException {
        SinkDefinition sink = definition.get();
        planned = sink;
        StandingQuery query = sink.query();
        if (query == null) {
            throw MillraceException.internal("sink \"" + name + "\" has no query");
        }
        try (SinkConnector connector = connectors.open(sink)) {
            long last = connector.lastCommitted();
            if (last < committed) {
                throw new MillraceException(
                                ErrorCode.IO_ERROR,
                                "what sink \"" + name + "\" has written last, up to position " + committed
                                        + ", is gone")
                        .withHint("Put the newest file back, or drop the sink and create it again.");
            }
            if (last == SinkConnector.NOTHING) {
                last = writeFirst(sink, query, connector);
            }
            committed = last;
            begun.complete(null);
            try (ResultCursor changes = engine.subscribe(
                    query, sink.columns(), SubscriptionSpec.everyStepAfter(last), sink.viewId(), options(sink))) {
                follow(changes, new SinkGroups(connector, connectors.limits(sink), clock, last, this::committed));
            }
        }
    }

    private QueryOptions options(SinkDefinition sink) {
        return new QueryOptions(sink.sql(), "sink " + name, 0, 0);
    }

    /** What is there becomes the first group, which says where the changes begin. */
    private long writeFirst(SinkDefinition sink, StandingQuery query, SinkConnector connector)
            throws IOException, InterruptedException {
        try (ReadPosition at = engine.mark(sink.id(), query.root())) {
            connector.begin(0);
            long written = 0;
            if (!sink.fromNow()) {
                PresentRows present = new PresentRows(sink, at.number(), clock.epochMicros());
                try (ResultCursor there = engine.execute(
                        query.root(),
                        sink.columns(),
                        false,
                        StartPosition.BEGINNING,
                        options(sink).at(at))) {
                    while (!there.isFinished() && !isStopped) {
                        ResultBatch batch = there.poll(BATCH_ROWS);
                        if (batch == null) {
                            await(there, Long.MAX_VALUE);
                        } else {
                            connector.write(present.of(batch));
                            written += batch.rowCount();
                        }
                    }
                }
            }
            if (isStopped) {
                throw new InterruptedException("the sink has been stopped");
            }
            connector.commit(at.number());
            committed(at.number(), written);
            return at.number();
        }
    }

    private void follow(ResultCursor changes, SinkGroups groups) throws IOException, InterruptedException {
        if (error != null) {
            LOGGER.info("sink \"{}\" goes on after position {}", name, committed);
        }
        state = "running";
        error = null;
        while (!isStopped) {
            ResultBatch batch = poll(changes, groups);
            if (batch != null) {
                groups.take(batch);
            }
            groups.rollIfDue();
            position = groups.position();
            if (batch == null) {
                await(changes, groups.nanosLeft());
            }
        }
        groups.commitWhole();
    }

    private static @Nullable ResultBatch poll(ResultCursor changes, SinkGroups groups) throws IOException {
        try {
            ResultBatch batch = changes.poll(BATCH_ROWS);
            if (batch == null && changes.isFinished()) {
                throw MillraceException.internal("a sink's changes have come to an end");
            }
            return batch;
        } catch (MillraceException ended) {
            groups.commitWhole();
            throw ended;
        }
    }

    private void await(ResultCursor cursor, long nanos) throws InterruptedException {
        cursor.onAvailable(news::give);
        if (!isStopped) {
            news.await(nanos);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
    private void committed(long upTo, long count) {
        committed = upTo;
        position = upTo;
        files++;
        rows += count;
    }

    /** Ends the sink's work, after a group of whole steps. */
    @Override
    public void close() {
        isStopped = true;
        news.give();
        Waits.awaitEnd(thread, CLOSE_MILLIS);
    }
}
