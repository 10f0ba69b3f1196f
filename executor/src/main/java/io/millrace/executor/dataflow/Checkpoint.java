package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.CheckpointEntry;
import io.millrace.executor.checkpoint.CheckpointStore;
import io.millrace.executor.checkpoint.CheckpointWriter;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.table.VersionMark;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint that is being written: the states of views as they were after one step. Operators write theirs on the thread of
 * the dataflow, a little between two steps; rows of views have versions, so that they are written by a thread of their own, like
 * all that goes to the disk. For the thread of the dataflow.
 */
final class Checkpoint {
    private static final Logger LOGGER = LoggerFactory.getLogger(Checkpoint.class);
    /** While more waits for the disk, operators write nothing but what they have to. */
    private static final long MOST_WAITING_BYTES = 64L << 20;
    /** So much is not kept for a disk that stalls: the checkpoint is given up. */
    private static final long TOO_MANY_WAITING_BYTES = 512L << 20;

    /** However slow the disk is, a checkpoint does not wait longer between two of its writes. */
    private static final long LONGEST_REST_NANOS = 100_000_000;

    private final EngineClock clock;
    private final CheckpointStore store;
    private final Executor disk;
    private final long position;
    private final LongSupplier keptPosition;
    private volatile long kept = Long.MAX_VALUE;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final List<Planned> planned = new ArrayList<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final CompletableFuture<Boolean> finished = new CompletableFuture<>();

    /** For the thread of the disk. */
    private @Nullable CheckpointWriter file;

    private @Nullable Throwable failure;
    private volatile boolean isHurried;
    private final Map<Long, Long> bytesOf = new HashMap<>();

    private record Part(StandingView view, SavedState state) {}

    /**
     * A view that is in the checkpoint.
     *
     * @param before what of it was saved already; null when everything of the view is written
     */
    private record Planned(
            StandingView view,
            CheckpointEntry entry,
            @Nullable SavedView before,
            @Nullable VersionMark mark) {}

    /** @param keptPosition as of which a checkpoint is wanted besides the newest */
    Checkpoint(
            EngineClock clock,
            CheckpointStore store,
            Executor disk,
            long position,
            int identity,
            LongSupplier keptPosition) {
        this.clock = clock;
        this.store = store;
        this.keptPosition = keptPosition;
        this.disk = disk;
        this.position = position;
        disk.execute(() -> {
            try {
                file = store.create(position, identity);
            } catch (IOException | RuntimeException cause) {
                failure = cause;
            }
        });
    }

    long position() {
        return position;
    }

    /** Completes, on any thread, when it is on disk, with true, or has been given up. */
    CompletableFuture<Boolean> finished() {
        return finished;
    }

    /** A view that has changed since the newest checkpoint. */
    void add(StandingView view, @Nullable SavedView saved) {
        TableVersion version = view.isDerived() ? null : view.contents().version(position);
        List<SavedState> states = view.circuit().states();
        boolean isAll = saved == null
                || saved.isLong()
                || !isKnown(saved.mark(), version)
                || states.stream().anyMatch(SavedState::needsAll);
        SavedView before = isAll ? null : saved;
        List<Long> files =
                new ArrayList<>(before == null ? List.of() : before.entry().files());
        files.add(position);
        CheckpointEntry entry = new CheckpointEntry(view.id(), SavedView.planHash(view.plan()), files);
        planned.add(new Planned(view, entry, before, version == null ? null : VersionMark.of(version)));
        if (version == null) {
            view.derivedRows().write(new StateWriter(block -> hand(view.id(), SavedView.DERIVED, block)));
        } else {
            VersionMark since = before == null ? null : before.mark();
            disk.execute(() -> writeContents(view.id(), version, since));
        }
        view.circuit().saveTimes(new StateWriter(block -> hand(view.id(), SavedView.TIMES, block)));
        for (int i = 0; i < states.size(); i++) {
            int item = SavedView.FIRST_OPERATOR + i;
            states.get(i).beginSave(isAll, new StateWriter(block -> hand(view.id(), item, block)));
            parts.add(new Part(view, states.get(i)));
        }
    }

    /** Whether it can be told which rows differ from those that are saved. */
    private static boolean isKnown(@Nullable VersionMark mark, @Nullable TableVersion version) {
        return version == null || (mark != null && mark.isKnownTo(version));
    }

    /** On the thread of the disk. */
    private void writeContents(long view, TableVersion version, @Nullable VersionMark since) {
        if (failure == null) {
            try {
                VersionMark.write(version, since, new StateWriter(block -> store(view, SavedView.CONTENTS, block)));
            } catch (RuntimeException | Error cause) { // ends the checkpoint, not the thread
                failure = cause;
            }
        }
    }

    /** A view that is as the newest checkpoint has it. */
    void keep(SavedView saved) {
        planned.add(new Planned(saved.view(), saved.entry(), saved, saved.mark()));
    }

    private void hand(long view, int item, byte[] block) {
        if (waitingBytes.addAndGet(block.length) > TOO_MANY_WAITING_BYTES) {
            throw new IllegalStateException("the disk takes too long");
        }
        disk.execute(() -> {
            waitingBytes.addAndGet(-block.length);
            store(view, item, block);
        });
    }

    /** On the thread of the disk. */
    private void store(long view, int item, byte[] block) {
        CheckpointWriter open = file;
        if (failure != null || open == null) {
            return;
        }
        try {
            long began = clock.nanoTime();
            if (open.block(view, item, block)) {
                rest(clock.nanoTime() - began);
            }
            bytesOf.merge(view, (long) block.length, Long::sum);
        } catch (IOException | RuntimeException cause) {
            failure = cause;
        }
    }

    /**
     * Appends wait for the same disk: it is theirs for as long as it was this checkpoint's. Not while operators have to write more
     * than they would by themselves: too much would wait.
     */
    private void rest(long nanos) {
        if (!isHurried && waitingBytes.get() < 2 * MOST_WAITING_BYTES) {
            Waits.parkNanos(this, Math.min(nanos, LONGEST_REST_NANOS));
        }
    }

    /** Nobody appends any more, and somebody waits. */
    void hurry() {
        isHurried = true;
    }

    /** Whether the disk has to catch up first. */
    boolean isBehind() {
        return waitingBytes.get() > MOST_WAITING_BYTES;
    }

    /** Writes a little of what operators hold; false when all is written. */
    boolean writeSome() {
        if (isBehind()) {
            return true;
        }
        Part part = parts.peek();
        if (part == null) {
            return false;
        }
        if (!part.view.isSavable()) {
            parts.remove();
        } else if (!part.state.saveSome()) {
            part.state.endSave();
            parts.remove();
        }
        return true;
    }

    /** Lets operators forget about it; what has been written so far is given up. */
    void giveUp(Throwable cause) {
        parts.forEach(part -> part.state.endSave());
        parts.clear();
        disk.execute(() -> {
            failure = cause;
            finished.complete(close(List.of()));
        });
    }

    /** All operators have written what they hold: the rest is for the disk. */
    void finish() {
        List<CheckpointEntry> entries = planned.stream()
                .filter(each -> each.view.isSavable())
                .map(Planned::entry)
                .toList();
        disk.execute(() -> {
            if (entries.isEmpty() && failure == null) {
                failure = new IllegalStateException("no view is left in it");
            }
            finished.complete(close(entries));
        });
    }

    private boolean close(List<CheckpointEntry> entries) {
        try (CheckpointWriter open = file) {
            Throwable cause = failure;
            if (cause == null && open != null) {
                open.finish(entries);
                kept = keptPosition.getAsLong();
                store.deleteOld(kept);
                return true;
            }
            LOGGER.warn("no checkpoint at position {}: {}", position, String.valueOf(cause));
        } catch (IOException | RuntimeException cause) {
            LOGGER.warn("no checkpoint at position {}: {}", position, cause.toString());
        }
        return false;
    }

    /** The position for which a checkpoint was kept besides the newest. After {@link #finished}. */
    long kept() {
        return kept;
    }

    /** What is saved now, by the numbers of the views. After {@link #finished} has said that it is. */
    Map<Long, SavedView> saved() {
        Map<Long, SavedView> saved = new HashMap<>();
        for (Planned each : planned) {
            SavedView before = each.before;
            long bytes = bytesOf.getOrDefault(each.view.id(), 0L);
            boolean isKept = before != null && before.entry().equals(each.entry);
            saved.put(
                    each.view.id(),
                    isKept
                            ? before
                            : new SavedView(
                                    each.view,
                                    each.entry,
                                    position,
                                    each.mark,
                                    before == null ? bytes : before.firstBytes(),
                                    before == null ? 0 : before.laterBytes() + bytes));
        }
        return saved;
    }
}
