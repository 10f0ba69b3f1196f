package io.millrace.executor.operator;

import io.millrace.executor.state.GroupTable;

/** The groups of the rows of one pane, and its place in the batch that is being routed. */
final class Pane {
    final long index;
    final GroupTable table;

    int ordinal = -1;

    Pane(long index, GroupTable table) {
        this.index = index;
        this.table = table;
    }
}
