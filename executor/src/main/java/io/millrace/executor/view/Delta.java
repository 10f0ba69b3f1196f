package io.millrace.executor.view;

import io.millrace.executor.column.ColumnBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one step: dense batches, of which a null weight array means +1. Immutable; shared by all who take it.
 *
 * <p>After consolidation a row is there at most once; where rows have a key, what goes stands right before what comes in its
 * place.
 */
public final class Delta {
    public static final Delta NONE = new Delta(List.of(), 0);

    private final List<ColumnBatch> batches;
    private final long rows;
    /** Null until somebody asks. */
    private volatile @Nullable Long hash;

    public Delta(List<ColumnBatch> batches, long rows) {
        this.batches = List.copyOf(batches);
        this.rows = rows;
    }

    public List<ColumnBatch> batches() {
        return batches;
    }

    public long rows() {
        return rows;
    }

    /** See {@link DeltaHash}. */
    public long hash() {
        Long known = hash;
        if (known == null) {
            known = DeltaHash.of(batches);
            hash = known;
        }
        return known;
    }

    public boolean isEmpty() {
        return rows == 0;
    }
}
