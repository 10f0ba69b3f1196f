package io.millrace.executor.view;

import io.millrace.error.MillraceException;
import io.millrace.plan.OutputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query, bounded or continuous, as it comes. Thread-safe; never blocks.
 */
public interface ResultCursor extends AutoCloseable {
    List<OutputColumn> columns();

    /**
     * Takes the next rows, at most {@code maxRows} of them.
     *
     * @return null when there is none now; see {@link #isFinished}
     * @throws MillraceException when the query has failed or was cancelled and all rows before that have been taken
     */
    @Nullable
    ResultBatch poll(int maxRows);

    /** True when all rows have been taken and none will follow. */
    boolean isFinished();

    /**
     * Runs {@code listener} once, on any thread, as soon as {@link #poll} would give rows, or fail, or the result is
     * finished; at once if that is so now. A later call replaces a listener that has not run.
     */
    void onAvailable(Runnable listener);

    /** Names what a reader that is cut off needs to be given the rest by another query; null: there is no such way. */
    default @Nullable String resumeToken() {
        return null;
    }

    /** How far the steps of a subscription have been given by {@link #poll}; null when the rows are not those of steps. */
    default @Nullable StepMark mark() {
        return null;
    }

    /** From where the rows that follow those of {@link #poll} can be computed again; null: from the token's place. */
    default @Nullable ResumePlace place() {
        return null;
    }

    /** Ends the query; {@link #poll} throws {@code reason} from now on, without giving the rows that wait. */
    void cancel(MillraceException reason);

    /** Ends the query if it still runs and frees all it holds. Idempotent. */
    @Override
    void close();
}
