package io.millrace.executor.log;

import io.millrace.error.MillraceException;
import io.millrace.executor.time.EngineClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all threads share of a log: its durable end, its generations, whether it has failed. Thread-safe. */
final class LogState {
    private static final Logger LOG = LoggerFactory.getLogger(LogState.class);

    private final LogIndex index;
    private final EngineClock clock;
    private final Retained retained;

    private volatile List<Generation> generations;
    private volatile LogEnd end;
    private volatile @Nullable MillraceException failure;
    private volatile @Nullable MillraceException damage;
    private volatile boolean closed;
    private long floor;
    private boolean writing;
    private long stamp;

    LogState(String stream, LogIndex index, List<Generation> generations, EngineClock clock) {
        this.index = index;
        this.retained = new Retained(stream, index.start());
        this.clock = clock;
        this.generations = List.copyOf(generations);
        this.end = index.end();
        this.floor = end.time();
    }

    LogIndex index() {
        return index;
    }

    Retained retained() {
        return retained;
    }

    List<Generation> generations() {
        return generations;
    }

    /** Returns those that the new one takes the place of: they begin where it begins. */
    List<Generation> add(Generation generation) {
        List<Generation> more = new ArrayList<>(generations);
        List<Generation> replaced = generations.stream()
                .filter(each -> each.firstLsn() == generation.firstLsn())
                .toList();
        more.removeAll(replaced);
        more.add(generation);
        generations = List.copyOf(more);
        return replaced;
    }

    /** Returns those that end before a block. */
    List<Generation> removeBefore(long lsn) {
        List<Generation> gone =
                generations.stream().filter(each -> each.firstLsn() < lsn).toList();
        generations =
                generations.stream().filter(each -> each.firstLsn() >= lsn).toList();
        return gone;
    }

    /** The last generation that has a durable block, and begins at or before a block; null when there is none. */
    @Nullable
    Generation lastBefore(long lsn) {
        Generation last = null;
        for (Generation each : generations) {
            if (each.firstLsn() <= lsn && each.firstLsn() < end.nextLsn()) {
                last = each;
            }
        }
        return last;
    }

    /** The generation that holds a durable block. */
    Generation generation(long lsn) {
        List<Generation> all = generations;
        int i = all.size() - 1;
        while (i > 0 && all.get(i).firstLsn() > lsn) {
            i--;
        }
        return all.get(i);
    }

    LogEnd end() {
        return end;
    }

    /** The append time of the group that is written next, until {@link #publish} or {@link #abandon}. */
    synchronized long stamp() {
        floor = Math.max(floor, clock.epochMicros());
        stamp = floor;
        writing = true;
        return stamp;
    }

    /**
     * Makes blocks that are on disk visible.
     *
     * @param isLast of their group
     */
    synchronized void publish(List<BlockSummary> blocks, boolean isLast) {
        blocks.forEach(index::add);
        writing = !isLast; // the time does not pass those that are not visible yet
        end = index.end();
    }

    synchronized void abandon() {
        writing = false;
    }

    synchronized LogEnd tick(long now) {
        floor = Math.max(floor, now);
        LogEnd durable = end;
        return new LogEnd(
                durable.nextLsn(), durable.rowCount(), durable.watermark(), writing ? Math.min(stamp, floor) : floor);
    }

    /** Why appends are refused for good; null while they are not. */
    @Nullable
    MillraceException failure() {
        return failure;
    }

    void fail(MillraceException why) {
        failure = why;
    }

    /** The first damage that a reader has met; null before. */
    @Nullable
    MillraceException damage() {
        return damage;
    }

    synchronized void noteDamage(MillraceException found) {
        if (damage == null) {
            LOG.error("{}", found.getMessage());
            damage = found;
        }
    }

    boolean isClosed() {
        return closed;
    }

    void markClosed() {
        closed = true;
    }
}
