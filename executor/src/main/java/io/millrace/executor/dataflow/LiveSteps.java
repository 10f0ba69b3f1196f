package io.millrace.executor.dataflow;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.checkpoint.ViewChange;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.work.Waits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Steps that take what has become visible since the last; each is written down. Those that are behind take so many rows, and those that
 * became visible together with the last of them; fewer, when these take too long.
 */
final class LiveSteps implements StepSource {
    private final EngineClock clock;
    private final StepCuts marks;
    private final StepLog log;
    private final StepSize size;

    private long lastTime;
    private boolean isBehind;

    private long began;
    /** A view that is new has a step that knows it, after which it can be followed. */
    private long lastCatalog;

    /**
     * @param marks where steps end that are behind
     * @param size how many of these a step takes
     */
    LiveSteps(EngineClock clock, StepCuts marks, StepSize size, StepLog log) {
        this.clock = clock;
        this.size = size;
        this.marks = marks;
        this.log = log;
        StepRecord last = log.last();
        lastTime = last == null ? Long.MIN_VALUE : last.time();
        lastCatalog = last == null ? 0 : last.catalog();
    }

    /** The number of the last step that was ever made; 0 before the first. */
    long lastPosition() {
        StepRecord last = log.last();
        return last == null ? 0 : last.position();
    }

    @Override
    public @Nullable Step next(Published last, long catalog, List<ViewChange> changes) {
        Cut mark = catalog > lastCatalog ? null : marks.next(last.cut().sequence(), size.parts());
        isBehind = mark != null;
        Cut cut = mark == null ? marks.all() : mark; // a new view finds all streams that it reads
        if (cut.sequence() == last.cut().sequence() && catalog <= lastCatalog) {
            return null;
        }
        if (catalog <= lastCatalog && cut.ends().equals(last.cut().ends())) {
            return new Step(last.position(), lastTime, last.identity(), cut, Step.Record.WRITTEN);
        }
        lastTime = Math.max(lastTime, clock.epochMicros());
        lastCatalog = Math.max(lastCatalog, catalog);
        began = clock.nanoTime();
        StepRecord record = new StepRecord(last.position() + 1, lastTime, lastCatalog, cut.ends(), changes);
        return new Step(record.position(), record.time(), record.identity(), cut, new Written(record));
    }

    @Override
    public long backlog() {
        return marks.last();
    }

    @Override
    public boolean isBehind() {
        return isBehind;
    }

    /** A step on its way to the disk. */
    private final class Written implements Step.Record {
        private final StepRecord record;
        private @Nullable CompletableFuture<AppendResult> underWay;
        private boolean isTaken;

        Written(StepRecord record) {
            this.record = record;
            underWay = log.append(record);
        }

        @Override
        public @Nullable MillraceException await() {
            if (!isTaken) {
                isTaken = true;
                if (isBehind) {
                    size.taken(clock.nanoTime() - began);
                }
            }
            CompletableFuture<AppendResult> written = underWay == null ? log.append(record) : underWay;
            underWay = written;
            try {
                Waits.join(written);
                return null;
            } catch (CompletionException failure) {
                MillraceException cause = failure.getCause() instanceof MillraceException known
                        ? known
                        : new MillraceException(ErrorCode.IO_ERROR, "a step could not be written", failure);
                if (cause.code() != ErrorCode.DISK_FULL) {
                    throw cause;
                }
                underWay = null;
                return cause;
            }
        }
    }
}
