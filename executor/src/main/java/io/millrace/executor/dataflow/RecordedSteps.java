package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.StepReader;
import io.millrace.executor.checkpoint.StepRecord;
import io.millrace.executor.checkpoint.ViewChange;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steps that were made before, once more. */
final class RecordedSteps implements StepSource, AutoCloseable {
    private final StepReader reader;
    private final Supplier<Cut> logs;

    private @Nullable StepRecord peeked;

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

    @Override
    public @Nullable Step next(Published last, long catalog, List<ViewChange> changes) {
        return peek() == null ? null : next();
    }

    /** The step that {@link #peek} has shown. */
    Step next() {
        StepRecord record = Objects.requireNonNull(peek());
        peeked = null;
        return new Step(
                record.position(), record.time(), record.identity(), logs.get().at(record.ends()), Step.Record.WRITTEN);
    }

    @Override
    public void close() {
        reader.close();
    }
}
