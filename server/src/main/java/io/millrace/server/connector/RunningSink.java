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

    private final long id;
    private final String name;
    private final Supplier<SinkDefinition> definition;
    private final SinkConnectors connectors;
    private final SinkProgress progress;
    private final StreamEngine engine;
    private final EngineClock clock;
    private final Thread thread;
    private final Signal news = new Signal();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();

    private final SinkFlushes flushes = new SinkFlushes();

    private volatile boolean isStopped;
    private volatile String state = "starting";
    private volatile @Nullable String error;
    private volatile @Nullable SinkDefinition planned;
    private volatile long files;
    private volatile long rows;
    private volatile Reached reached = new Reached(SinkConnector.NOTHING, SinkConnector.NOTHING);
    /** The position after which it would go on, for what {@link SinkProgress} knows. */
    private long remembered = SinkConnector.NOTHING;

    /**
     * How far it is.
     *
     * @param committed the last position of the last group
     * @param position up to which nothing has changed since
     */
    private record Reached(long committed, long position) {}

    /** Opens what a sink writes to. */
    interface SinkConnectors {
        SinkConnector open(SinkDefinition sink);

        SinkGroups.Limits limits(SinkDefinition sink);
    }

    /** @param definition as it is planned now */
    RunningSink(
            long id,
            String name,
            Supplier<SinkDefinition> definition,
            SinkConnectors connectors,
            SinkProgress progress,
            StreamEngine engine,
            EngineClock clock,
            ThreadFactory threads) {
        this.id = id;
        this.name = name;
        this.definition = definition;
        this.connectors = connectors;
        this.progress = progress;
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

    /** As it stands in a sentence. */
    String name() {
        return "sink \"" + name + "\"";
    }

    /** Completes when all up to a position is written; exceptionally when the sink cannot write. */
    CompletableFuture<Void> flush(long position) {
        CompletableFuture<Void> written = flushes.add(position);
        String paused = error;
        if (paused != null) {
            flushes.fail(paused(paused));
        } else if (isStopped) {
            flushes.end();
        }
        news.give();
        return written;
    }

    private MillraceException paused(String why) {
        return new MillraceException(ErrorCode.IO_ERROR, name() + " is paused: " + why)
                .withHint("It goes on by itself when it can write again.");
    }

    SinkStatus status() {
        return new SinkStatus(reached.position, files, rows, state, error);
    }

    /** What it will need after a restart. */
    HistoryNeed need() {
        SinkDefinition sink = planned;
        StandingQuery query = sink == null ? null : sink.query();
        return new HistoryNeed(
                "sink \"" + name + "\"",
                remember(),
                query == null ? null : query.root(),
                sink == null ? -1 : sink.viewId());
    }

    /** Notes where it is, if that is after what it has written last; returns where it would go on. */
    private synchronized long remember() {
        Reached now = reached;
        if (now.position > now.committed && now.position > remembered) {
            try {
                remembered = progress.save(id, now.committed, now.position) ? now.position : remembered;
            } catch (IOException failure) { // what it needs stays for so much longer
                LOGGER.warn("how far sink \"{}\" is cannot be remembered: {}", name, failure.toString());
            }
        }
        return Math.max(now.committed, remembered);
    }

    private void run() {
        long backOff = FIRST_BACK_OFF_MILLIS;
        while (!isStopped) {
            long before = reached.committed;
            try {
                work();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                break;
            } catch (Exception | Error cause) { // the sink must outlive it
                backOff = reached.committed > before ? FIRST_BACK_OFF_MILLIS : backOff;
                if (!isStopped) {
                    failed(cause, reached.committed > before);
                    await(backOff);
                    backOff = Math.min(2 * backOff, LAST_BACK_OFF_MILLIS);
                }
            }
        }
        begun.completeExceptionally(new MillraceException(ErrorCode.SHUTTING_DOWN, "the sink has been stopped"));
        state = "stopped";
        flushes.end();
    }

    private void failed(Throwable cause, boolean hasComeOn) {
        if (hasComeOn && cause instanceof MillraceException slow && slow.code() == ErrorCode.LIMIT_EXCEEDED) {
            LOGGER.info("sink \"{}\" is slower than what comes, and goes on after position {}", name, reached.position);
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
        flushes.fail(paused(message));
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
            if (last < reached.committed) {
                throw new MillraceException(
                                ErrorCode.IO_ERROR,
                                "what sink \"" + name + "\" has written last, up to position " + reached.committed
                                        + ", is gone")
                        .withHint("Put the newest file back, or drop the sink and create it again.");
            }
            if (last == SinkConnector.NOTHING) {
                last = writeFirst(sink, query, connector);
            }
            long from = Math.max(reached.position, progress.after(id, last));
            reached = new Reached(last, from);
            begun.complete(null);
            try (ResultCursor changes = engine.subscribe(
                    query, sink.columns(), SubscriptionSpec.everyStepAfter(from), sink.viewId(), options(sink))) {
                follow(changes, new SinkGroups(connector, connectors.limits(sink), clock, from, this::committed));
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
            LOGGER.info("sink \"{}\" goes on after position {}", name, reached.position);
        }
        state = "running";
        error = null;
        while (!isStopped) {
            ResultBatch batch = poll(changes, groups);
            if (batch != null) {
                groups.take(batch);
            }
            groups.rollIfDue();
            if (groups.reached() >= flushes.first()) {
                groups.commitWhole();
            }
            flushes.reached(groups.position());
            reached = new Reached(reached.committed, groups.position());
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
        reached = new Reached(upTo, upTo);
        files++;
        rows += count;
    }

    /** Ends the sink's work, after a group of whole steps. */
    @Override
    public void close() {
        isStopped = true;
        news.give();
        Waits.awaitEnd(thread, CLOSE_MILLIS);
        remember();
    }
}
