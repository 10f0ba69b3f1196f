package io.millrace.executor.circuit;

import io.millrace.error.MillraceException;
import io.millrace.executor.log.LogEnd;
import io.millrace.executor.time.EngineClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The continuous queries of one stream.
 *
 * <pre>
 * log      | block 0 | … | block 17 | block 18 | … | block 40 |        (end)
 *                          ^                                    ^
 *                          own reader of a query that is        the shared reader of those that
 *                          behind: 64 blocks a step             are live: each block is decoded once
 * </pre>
 *
 * A query leaves the shared position when its reader fetches too slowly, and joins it again when it has caught up.
 * Belongs to the thread of the step loop.
 */
final class StreamLane implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(StreamLane.class);
    private static final int LIVE_BLOCKS = 256;
    private static final int BEHIND_BLOCKS = 64;

    private final OpenStream stream;
    private final EngineClock clock;
    private final Executor tickThread;
    private final Runnable signal;
    private final List<ContinuousQuery> queries = new ArrayList<>();

    private @Nullable BlockReader live;
    private volatile boolean isTicking;
    private volatile boolean isTickless;

    /** @param signal wakes the loop after a tick */
    StreamLane(OpenStream stream, EngineClock clock, Executor tickThread, Runnable signal) {
        this.stream = stream;
        this.clock = clock;
        this.tickThread = tickThread;
        this.signal = signal;
    }

    void add(ContinuousQuery query) {
        queries.add(query);
    }

    boolean isEmpty() {
        return queries.isEmpty();
    }

    /** Reads on for all queries; false when there was nothing to read. */
    boolean step(long now) {
        removeEnded();
        if (queries.isEmpty()) {
            return false;
        }
        LogEnd end = stream.log().tick(now);
        queries.forEach(query -> query.beginStep(now));
        boolean hasRead = readLive(end.nextLsn());
        for (ContinuousQuery query : queries) {
            if (!query.isLive() && !query.isHeldBack() && !query.isOver()) {
                hasRead |= readBehind(query, end.nextLsn());
            }
        }
        for (ContinuousQuery query : queries) {
            endStep(query, end);
        }
        removeEnded();
        return hasRead;
    }

    private boolean readLive(long endLsn) {
        BlockReader reader = live;
        if (reader == null) {
            return false;
        }
        int blocks = 0;
        try {
            while (blocks < LIVE_BLOCKS && hasLive() && reader.next(endLsn)) {
                blocks++;
                long began = clock.nanoTime();
                for (ContinuousQuery query : queries) {
                    if (query.isLive() && !query.isOver()) {
                        began = consume(query, reader, began);
                    }
                }
            }
        } catch (RuntimeException | Error cause) { // the block cannot be read: ends the queries that need it
            queries.stream().filter(ContinuousQuery::isLive).forEach(query -> query.fail(cause));
        }
        if (!hasLive()) {
            live = null;
            reader.close();
        }
        return blocks > 0;
    }

    private boolean hasLive() {
        for (ContinuousQuery query : queries) {
            if (query.isLive() && !query.isOver()) {
                return true;
            }
        }
        return false;
    }

    private boolean readBehind(ContinuousQuery query, long endLsn) {
        BlockReader shared = live;
        long limit =
                shared != null && shared.nextLsn() >= query.position() ? Math.min(endLsn, shared.nextLsn()) : endLsn;
        int blocks = 0;
        try {
            while (blocks < BEHIND_BLOCKS
                    && query.position() < limit
                    && !query.isHeldBack()
                    && !query.isOver()
                    && query.ownReader().next(limit)) {
                blocks++;
                consume(query, query.ownReader(), clock.nanoTime());
            }
            if (!query.isHeldBack() && !query.isOver()) {
                join(query, endLsn);
            }
        } catch (RuntimeException | Error cause) { // ends this query and no other
            query.fail(cause);
        }
        return blocks > 0;
    }

    private void join(ContinuousQuery query, long endLsn) {
        BlockReader shared = live;
        if (shared == null && query.position() == endLsn) {
            query.ownReader();
            live = query.join();
        } else if (shared != null && query.position() == shared.nextLsn()) {
            BlockReader own = query.join();
            if (own != null) {
                own.close();
            }
        }
    }

    /** Returns the time when it was done. */
    private long consume(ContinuousQuery query, BlockReader reader, long began) {
        try {
            query.consume(reader, began, clock);
        } catch (RuntimeException | Error cause) { // ends this query and no other
            query.fail(cause);
        }
        return clock.nanoTime();
    }

    private static void endStep(ContinuousQuery query, LogEnd end) {
        if (query.isOver()) {
            return;
        }
        try {
            if (isCaughtUp(query, end.nextLsn())) {
                query.advanceRowTime(end.time());
            }
            query.endStep();
        } catch (RuntimeException | Error cause) { // ends this query and no other
            query.fail(cause);
        }
    }

    private static boolean isCaughtUp(ContinuousQuery query, long endLsn) {
        return query.position() >= endLsn && !query.isHeldBack() && !query.isOver();
    }

    private void removeEnded() {
        for (int i = queries.size() - 1; i >= 0; i--) {
            if (queries.get(i).isOver()) {
                queries.remove(i).release();
            }
        }
        if (live != null && !hasLive()) {
            live.close();
            live = null;
        }
    }

    /**
     * Moves the watermark of a silent stream on if that closes a window.
     *
     * @return when, by the clock, the next window closes though nothing comes; {@code Long.MAX_VALUE}: never
     */
    long nextWindow(long now) {
        long endLsn = stream.log().end().nextLsn();
        long next = Long.MAX_VALUE;
        for (ContinuousQuery query : queries) {
            if (isCaughtUp(query, endLsn)) {
                next = Math.min(next, query.pipeline().nextRowTimeEnd());
                next = Math.min(next, nextTick(query.pipeline().nextEventTimeEnd(), now));
            }
        }
        return next;
    }

    private long nextTick(long windowEnd, long now) {
        if (windowEnd == Long.MAX_VALUE || isTickless || isTicking) {
            return Long.MAX_VALUE;
        }
        long due = stream.timeOfIdle(windowEnd);
        if (due > now) {
            return due;
        }
        isTicking = true;
        tickThread.execute(() -> tick(now));
        return Long.MAX_VALUE;
    }

    /** Waits for the disk, so not on the thread of the loop. */
    private void tick(long now) {
        try {
            stream.tick(now);
        } catch (MillraceException cause) {
            isTickless = true;
            LOGGER.error(
                    "the watermark of stream \"{}\" does not move while it is silent: its log takes nothing",
                    stream.definition().name(),
                    cause);
        } finally {
            isTicking = false;
            signal.run();
        }
    }

    /** True when all queries have taken in the blocks below {@code lsn}, but for those that wait for their reader. */
    boolean hasReached(long lsn) {
        for (ContinuousQuery query : queries) {
            if (query.position() < lsn && !query.isHeldBack() && !query.isOver()) {
                return false;
            }
        }
        return true;
    }

    void failAll(Throwable cause) {
        queries.forEach(query -> query.fail(cause));
    }

    @Override
    public void close() {
        queries.forEach(ContinuousQuery::release);
        queries.clear();
        if (live != null) {
            live.close();
            live = null;
        }
    }
}
