package io.millrace.executor.dataflow;

import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;

/**
 * What is saved of a view's rows when its operators can give them anew: enough to tell that they have given the same.
 *
 * @param count how many there are
 * @param hash of them all, as {@link io.millrace.executor.view.Delta#hash} has it
 */
record DerivedRows(long count, long hash) {
    static DerivedRows read(StateReader in) {
        return new DerivedRows(in.number(), in.number());
    }

    void write(StateWriter out) {
        out.number(count);
        out.number(hash);
        out.flush();
    }
}
