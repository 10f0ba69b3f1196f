package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.StepReader;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.checkpoint.ViewChange;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steps that were made before, once more. */
final class RecordedSteps implements StepSource, AutoCloseable {
    private final StepReader reader;
    private final Supplier<Cut> logs;

    private @Nullable StepRecord peeked;
    private @Nullable StepRecord second;

    /** @param logs the streams and tables there are, whatever their ends */
    RecordedSteps(StepReader reader, Supplier<Cut> logs) {
        this.reader = reader;
        this.logs = logs;
    }

    /** The step that {@link #next} will give; null when none is on disk yet. */
    @Nullable
    StepRecord peek() {
        StepRecord step = peeked;
        if (step == null) {
            step = reader.next();
            peeked = step;
        }
        return step;
    }

    /** The step after that; null when there is none on disk yet. */
    @Nullable
    StepRecord peekSecond() {
        StepRecord step = second;
        if (step == null && peek() != null) {
            step = reader.next();
            second = step;
        }
        return step;
    }

    @Override
    public @Nullable Step next(Published last, long catalog, List<ViewChange> changes) {
        StepRecord record = peek();
        if (record == null) {
            return null;
        }
        peeked = second;
        second = null;
        return new Step(
                record.position(), record.time(), record.identity(), logs.get().at(record.ends()), Step.Record.WRITTEN);
    }

    @Override
    public void close() {
        reader.close();
    }
}
