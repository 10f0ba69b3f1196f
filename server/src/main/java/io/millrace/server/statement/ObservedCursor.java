package io.millrace.server.statement;

import io.millrace.error.MillraceException;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.executor.view.ResumePlace;
import io.millrace.executor.view.StepMark;
import io.millrace.plan.OutputColumn;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A result that tells when its statement has ended. */
final class ObservedCursor implements ResultCursor {
    private final ResultCursor result;
    private final ObservedStatement statement;
    private final AtomicLong rows = new AtomicLong();

    ObservedCursor(ResultCursor result, ObservedStatement statement) {
        this.result = result;
        this.statement = statement;
    }

    @Override
    public List<OutputColumn> columns() {
        return result.columns();
    }

    @Override
    public @Nullable ResultBatch poll(int maxRows) {
        try {
            ResultBatch batch = result.poll(maxRows);
            if (batch != null) {
                rows.addAndGet(batch.rowCount());
            }
            return batch;
        } catch (MillraceException failure) {
            statement.failed(rows.get(), failure);
            throw failure;
        }
    }

    @Override
    public boolean isFinished() {
        boolean isFinished = result.isFinished();
        if (isFinished) {
            statement.ended(rows.get());
        }
        return isFinished;
    }

    @Override
    public @Nullable String resumeToken() {
        return result.resumeToken();
    }

    @Override
    public @Nullable StepMark mark() {
        return result.mark();
    }

    @Override
    public @Nullable ResumePlace place() {
        return result.place();
    }

    @Override
    public void onAvailable(Runnable listener) {
        result.onAvailable(listener);
    }

    @Override
    public void cancel(MillraceException reason) {
        result.cancel(reason);
        statement.failed(rows.get(), reason);
    }

    @Override
    public void close() {
        boolean hasMore = !result.isFinished();
        result.close();
        if (hasMore) {
            statement.abandoned(rows.get());
        } else {
            statement.ended(rows.get());
        }
    }
}
