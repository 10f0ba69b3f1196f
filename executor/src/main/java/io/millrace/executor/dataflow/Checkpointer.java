package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.CheckpointStore;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves the states of views from time to time, so that a restart has little to compute again. Only what has changed since the
 * last checkpoint is written. For the thread of the dataflow.
 */
final class Checkpointer {
    private static final Logger LOGGER = LoggerFactory.getLogger(Checkpointer.class);
    /** So long operators write between two steps. */
    private static final long SLICE_NANOS = 2_000_000;
    /** However much comes, the interval is not cut in more parts. */
    private static final int SOONEST = 10;
    /** So long it waits for the disk. */
    private static final long BEHIND_MICROS = 1_000;

    private final EngineClock clock;
    private final CheckpointStore store;
    private final Executor disk;
    private final Runnable wake;
    private final long intervalMicros;
    private final long intervalBytes;

    private Map<Long, SavedView> saved = new HashMap<>();
    private @Nullable Checkpoint current;
    private boolean isWritten;
    private long due;
    private long begun;
    private long bytesBefore;
    private volatile long lastPosition = -1;
    private volatile long keptPosition = Long.MAX_VALUE;
    /** Those that are whole, as far as this run of the server knows: the newest first. */
    private final List<Known> known = new ArrayList<>();

    /** A checkpoint, and the views that it has. */
    record Known(long position, Set<Long> views) {}

    /** @param wake has {@link #turn} called soon */
    Checkpointer(EngineClock clock, Checkpoints how, Runnable wake) {
        this.clock = clock;
        this.wake = wake;
        store = how.store();
        disk = how.disk();
        intervalMicros = how.interval().toNanos() / 1_000;
        intervalBytes = how.inputBytes();
        begun = clock.epochMicros();
        due = begun + intervalMicros;
    }

    /**
     * Views have been given the states that a checkpoint has.
     *
     * @param present all checkpoints that are not later, the newest first
     */
    void restored(long position, Map<Long, SavedView> views, List<Known> present) {
        saved = new HashMap<>(views);
        lastPosition = position;
        known.addAll(present);
    }

    /** Besides the newest checkpoints, the newest that is not later than a position is kept. On any thread. */
    void keep(long position) {
        keptPosition = position;
    }

    /** The two newest checkpoints, as far as there are, and the one that is kept for a position. */
    List<Known> kept() {
        return kept(keptPosition);
    }

    private List<Known> kept(long wanted) {
        List<Known> kept = new ArrayList<>(known.subList(0, Math.min(2, known.size())));
        Known anchor = null;
        for (Known each : known) {
            if (anchor == null || anchor.position > wanted) {
                anchor = each;
            }
        }
        if (anchor != null && !kept.contains(anchor)) {
            kept.add(anchor);
        }
        return kept;
    }

    /** The position of the newest checkpoint; -1 when there is none. On any thread. */
    long lastPosition() {
        return lastPosition;
    }

    /**
     * Goes on between two steps; returns when it wants to again.
     *
     * @param bytes of the logs that steps have taken so far
     */
    long turn(Published published, List<StandingView> views, long bytes) {
        long now = clock.epochMicros();
        begun = Math.min(begun, now); // the clock may have been set back
        due = Math.min(due, now + intervalMicros);
        if (bytes - bytesBefore >= intervalBytes) {
            due = Math.min(due, begun + intervalMicros / SOONEST);
        }
        Checkpoint checkpoint = current;
        if (checkpoint == null && now >= due) {
            checkpoint = begin(published, views);
            begun = now;
            bytesBefore = bytes;
            due = now + intervalMicros;
        }
        if (checkpoint == null) {
            return due;
        }
        if (!isWritten) {
            write(checkpoint);
        }
        if (isWritten && checkpoint.finished().isDone()) {
            end(checkpoint);
            return due;
        }
        return isWritten ? Long.MAX_VALUE : checkpoint.isBehind() ? now + BEHIND_MICROS : now;
    }

    private void write(Checkpoint checkpoint) {
        try {
            long end = clock.nanoTime() + SLICE_NANOS;
            boolean hasMore = true;
            while (hasMore && clock.nanoTime() < end) {
                hasMore = checkpoint.writeSome();
            }
            if (hasMore) {
                return;
            }
            checkpoint.finish();
            isWritten = true;
            checkpoint.finished().thenRun(wake);
        } catch (RuntimeException | Error cause) {
            giveUp(checkpoint, cause);
        }
    }

    /** Ends the checkpoint, not the views. */
    private void giveUp(Checkpoint checkpoint, Throwable cause) {
        LOGGER.error("checkpoint {} is given up", checkpoint.position(), cause);
        checkpoint.giveUp(cause);
        isWritten = true;
        checkpoint.finished().thenRun(wake);
    }

    private @Nullable Checkpoint begin(Published published, List<StandingView> views) {
        if (published.position() <= lastPosition) {
            return null; // its file is there already
        }
        boolean hasNews = false;
        for (StandingView view : views) {
            hasNews |= view.isSavable() && !isSaved(view);
        }
        if (!hasNews) {
            return null;
        }
        Checkpoint checkpoint =
                new Checkpoint(clock, store, disk, published.position(), published.identity(), () -> keptPosition);
        current = checkpoint;
        isWritten = false;
        try {
            for (StandingView view : views) {
                SavedView known = saved.get(view.id());
                if (view.isSavable() && known != null && isSaved(view)) {
                    checkpoint.keep(known);
                } else if (view.isSavable()) {
                    checkpoint.add(view, known != null && known.view() == view ? known : null);
                }
            }
        } catch (RuntimeException | Error cause) {
            giveUp(checkpoint, cause);
        }
        return checkpoint;
    }

    private boolean isSaved(StandingView view) {
        SavedView known = saved.get(view.id());
        return known != null && known.view() == view && known.position() >= view.touchedAt();
    }

    private void end(Checkpoint checkpoint) {
        current = null;
        if (Boolean.TRUE.equals(Waits.join(checkpoint.finished()))) {
            saved = checkpoint.saved();
            lastPosition = checkpoint.position();
            known.add(0, new Known(lastPosition, Set.copyOf(saved.keySet())));
            known.retainAll(kept(checkpoint.kept()));
        } else {
            saved = new HashMap<>(); // what operators take for written is not: everything is written next time
        }
    }

    /** Saves what has changed, and waits until that is on disk. */
    void close(Published published, List<StandingView> views) {
        try {
            for (int i = 0; i < 2; i++) { // the one under way, and one of what has changed since
                Checkpoint checkpoint = current == null ? begin(published, views) : current;
                if (checkpoint != null) {
                    checkpoint.hurry();
                }
                while (checkpoint != null && !isWritten) {
                    write(checkpoint);
                }
                if (checkpoint != null) {
                    end(checkpoint);
                }
            }
        } catch (RuntimeException | Error cause) { // the next start has more to do
            LOGGER.warn("no checkpoint at the end", cause);
        }
    }
}
