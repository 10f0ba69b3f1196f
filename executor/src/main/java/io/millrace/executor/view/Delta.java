package io.millrace.executor.view;

import io.millrace.executor.column.ColumnBatch;
import java.util.List;

/**
 * The changes of one step: dense batches, of which a null weight array means +1. Immutable; shared by all who take it.
 *
 * <p>After consolidation a row is there at most once; where rows have a key, what goes stands right before what comes in its
 * place.
 */
public record Delta(List<ColumnBatch> batches, long rows) {
    public static final Delta NONE = new Delta(List.of(), 0);

    public Delta {
        batches = List.copyOf(batches);
    }

    public boolean isEmpty() {
        return rows == 0;
    }
}
