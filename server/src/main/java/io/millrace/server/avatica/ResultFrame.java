package io.millrace.server.avatica;

import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResumePlace;
import io.millrace.executor.view.StepMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive rows of a result, as one fetch gives them.
 *
 * @param offset the number of the first row in the result
 * @param done no rows follow these
 * @param mark how far steps have been given with these; null when the rows are not those of steps
 * @param place from where the rows that follow can be computed again; null: the reader knows
 */
record ResultFrame(
        long offset,
        boolean done,
        int rowCount,
        List<ResultBatch> batches,
        @Nullable StepMark mark,
        @Nullable ResumePlace place) {
    ResultFrame {
        batches = List.copyOf(batches);
    }

    ResultFrame(long offset, boolean done, int rowCount, List<ResultBatch> batches) {
        this(offset, done, rowCount, batches, null, null);
    }

    static ResultFrame empty(long offset, boolean done) {
        return new ResultFrame(offset, done, 0, List.of());
    }
}
