package io.millrace.server.avatica;

import io.millrace.executor.view.ResultBatch;
import java.util.List;

/**
 * Consecutive rows of a result, as one fetch gives them.
 *
 * @param offset the number of the first row in the result
 * @param done no rows follow these
 */
record ResultFrame(long offset, boolean done, int rowCount, List<ResultBatch> batches) {
    ResultFrame {
        batches = List.copyOf(batches);
    }

    static ResultFrame empty(long offset, boolean done) {
        return new ResultFrame(offset, done, 0, List.of());
    }
}
