package io.millrace.executor.circuit;

import io.millrace.executor.time.EngineClock;
import io.millrace.executor.view.ResultQueue;
import io.millrace.executor.view.ResumePlaces;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Repeatable;
import org.jspecify.annotations.Nullable;

/**
 * Tells the reader of a continuous query from where its rows can be computed again. Those that only pass through come of the
 * block that is being read; those of windows of the first block that holds rows of an open one, which is looked for from
 * time to time. All others are computed from where the query began. For the thread of the step loop.
 */
final class RowPlaces {
    private static final long NANOS_BETWEEN = 1_000_000_000;

    private final ResultQueue queue;
    private final PlanNode root;
    private final OpenStream stream;
    private final EngineClock clock;
    private final ResumeToken begin;
    private final boolean isStateless;
    private final boolean hasOnlyWindows;
    private final @Nullable ResumePlaces places;

    private long lastRow;
    private long lastTime;

    /** @param begin where the query begins */
    RowPlaces(ResultQueue queue, PlanNode root, OpenStream stream, ResumeToken begin, EngineClock clock) {
        this.queue = queue;
        this.root = root;
        this.stream = stream;
        this.clock = clock;
        this.begin = begin;
        isStateless = PlanShape.isStateless(root);
        hasOnlyWindows = PlanShape.hasOnlyWindows(root);
        boolean isRepeatable = Repeatable.readsNoClock(root);
        places = isRepeatable && (isStateless || hasOnlyWindows) ? new ResumePlaces() : null;
        if (isRepeatable) {
            queue.resumable(begin.toString());
        }
        if (places != null) {
            queue.follow(places);
        }
        lastTime = clock.nanoTime();
    }

    /** The reader's block is read next. */
    void beforeBlock(BlockReader reader) {
        ResumePlaces told = places;
        if (told != null && isStateless) {
            ContinuousStart start =
                    begin.startOfRows().movedTo(reader.lsn(), reader.firstRow(), reader.watermarkBefore());
            told.add(queue.addedRows(), () -> begin.at(start).toString());
        }
    }

    /** All windows have been given that have closed, and none that is open. */
    void afterStep(Pipeline pipeline, long nextLsn) {
        ResumePlaces told = places;
        long row = queue.addedRows();
        if (told == null || !hasOnlyWindows || row == lastRow || clock.nanoTime() - lastTime < NANOS_BETWEEN) {
            return;
        }
        lastRow = row;
        lastTime = clock.nanoTime();
        ContinuousStart start = ContinuousStart.after(pipeline, nextLsn, root, stream);
        told.add(row, () -> begin.at(start).toString());
    }
}
