package io.millrace.server.statement;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultBuilder;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.OutputColumn;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A result whose rows are kept, beside being given, as long as they are few; for one reader at a time. */
final class KeptCursor implements ResultCursor {
    private final ResultCursor result;
    private final long mostBytes;
    private final Consumer<ResultBatch> keeper;

    private @Nullable ResultBuilder kept;

    /** @param keeper is given all rows when the last has been given, unless they are too many */
    KeptCursor(ResultCursor result, List<OutputColumn> columns, long mostBytes, Consumer<ResultBatch> keeper) {
        this.result = result;
        this.mostBytes = mostBytes;
        this.keeper = keeper;
        kept = new ResultBuilder(columns);
    }

    @Override
    public List<OutputColumn> columns() {
        return result.columns();
    }

    @Override
    public synchronized @Nullable ResultBatch poll(int maxRows) {
        ResultBatch batch;
        try {
            batch = result.poll(maxRows);
        } catch (MillraceException failure) {
            kept = null;
            throw failure;
        }
        ResultBuilder builder = kept;
        if (batch != null && builder != null) {
            builder.append(new ColumnBatch(batch.rowCount(), batch.columns()));
            kept = builder.bytes() > mostBytes ? null : builder;
        }
        return batch;
    }

    @Override
    public synchronized boolean isFinished() {
        boolean isFinished = result.isFinished();
        ResultBuilder builder = kept;
        if (isFinished && builder != null) {
            kept = null;
            keeper.accept(builder.build());
        }
        return isFinished;
    }

    @Override
    public void onAvailable(Runnable listener) {
        result.onAvailable(listener);
    }

    @Override
    public void cancel(MillraceException reason) {
        forget();
        result.cancel(reason);
    }

    private synchronized void forget() {
        kept = null;
    }

    @Override
    public void close() {
        forget(); // what has not been read to its end is not known
        result.close();
    }
}
