package io.millrace.executor.operator;

import io.millrace.executor.state.GroupTable;
import java.util.ArrayDeque;
import java.util.function.Supplier;

/** Tables whose memory waits for its next use, so that windows come and go without allocation. */
final class TablePool {
    private static final int MOST_TABLES = 8;

    private final Supplier<GroupTable> factory;
    private final ArrayDeque<GroupTable> spare = new ArrayDeque<>();

    TablePool(Supplier<GroupTable> factory) {
        this.factory = factory;
    }

    /** An empty table. */
    GroupTable take() {
        GroupTable table = spare.pollLast();
        return table == null ? factory.get() : table;
    }

    /** Takes back a table that nobody refers to any more. */
    void give(GroupTable table) {
        table.clear();
        // a small pane must not pay for clearing what a large one needed
        if (spare.size() < MOST_TABLES && !table.isOversized()) {
            spare.addLast(table);
        }
    }

    long bytes() {
        return spare.stream().mapToLong(GroupTable::bytes).sum();
    }
}
