package io.millrace.executor.dataflow;

/**
 * Where a step may end.
 *
 * @param rows that came since the one before it
 */
record MarkedCut(Cut cut, long rows) {
    /** The same end, when a step may no longer end at the one before it. */
    MarkedCut joined(MarkedCut before) {
        return new MarkedCut(cut, before.rows + rows);
    }
}
