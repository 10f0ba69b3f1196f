package io.millrace.executor.operator;

import io.millrace.executor.state.GroupTable;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The panes that hold rows of windows that are not closed. */
final class Panes {
    private static final int CACHE = 256;

    private final TablePool pool;
    private final TreeMap<Long, Pane> byIndex = new TreeMap<>();
    /** Saves boxing when rows alternate between panes. */
    private final @Nullable Pane[] cache = new Pane[CACHE];

    Panes(TablePool pool) {
        this.pool = pool;
    }

    Pane findOrAdd(long index) {
        int slot = (int) index & (CACHE - 1);
        Pane cached = cache[slot];
        if (cached != null && cached.index == index) {
            return cached;
        }
        Pane pane = byIndex.computeIfAbsent(index, added -> new Pane(added, pool.take()));
        cache[slot] = pane;
        return pane;
    }

    @Nullable
    Pane lowest() {
        Map.Entry<Long, Pane> entry = byIndex.firstEntry();
        return entry == null ? null : entry.getValue();
    }

    @Nullable
    Pane find(long index) {
        return byIndex.get(index);
    }

    /** The panes from index {@code from} to before {@code to}, ascending. */
    NavigableMap<Long, Pane> range(long from, long to) {
        return byIndex.subMap(from, true, to, false);
    }

    boolean isEmptyBetween(long from, long to) {
        Long next = byIndex.ceilingKey(from);
        return next == null || next >= to;
    }

    void drop(Pane pane) {
        byIndex.remove(pane.index);
        int slot = (int) pane.index & (CACHE - 1);
        if (cache[slot] == pane) {
            cache[slot] = null;
        }
        pool.give(pane.table);
    }

    Iterable<GroupTable> tables() {
        return byIndex.values().stream().map(pane -> pane.table)::iterator;
    }

    long bytes() {
        long bytes = 0;
        for (GroupTable table : tables()) {
            bytes += table.bytes();
        }
        return bytes;
    }
}
