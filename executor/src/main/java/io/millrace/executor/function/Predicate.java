package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Selection;
import org.jspecify.annotations.Nullable;

/** A compiled condition. Holds buffers: for one thread at a time. */
public interface Predicate {
    /**
     * Finds the rows for which the condition is true (neither false nor NULL).
     *
     * @param in the rows to look at; null: all
     * @param out is filled; may be the same object as {@code in}
     */
    void select(Batch batch, @Nullable Selection in, Selection out);
}
