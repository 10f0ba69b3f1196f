package io.millrace.executor.operator;

import io.millrace.executor.state.GroupTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges the panes of a window. Few panes are merged one by one; many by a tree whose nodes are kept as long as windows
 * can use them, so that a slide costs the logarithm of the panes. Nothing is ever subtracted, so that it serves every
 * aggregate, and the order of the merges depends on the panes alone.
 *
 * <pre>
 * level 2 |               0               |              1 …
 * level 1 |       0       |       1       |       2 …
 * panes   |   0   |   1   |   2   |   3   |   4 …
 *                 [-------+---------------+-------)      a window of panes 1 to 4: three merges
 * </pre>
 */
final class PaneMerger {
    private static final int MERGED_ONE_BY_ONE = 8;

    private final Grouping grouping;
    private final Panes panes;
    private final long panesPerWindow;
    /** The nodes of two panes, of four, … */
    private final List<TreeMap<Long, GroupTable>> levels = new ArrayList<>();

    private GroupTable merged;
    private long highestInNodes = Long.MIN_VALUE;

    PaneMerger(Grouping grouping, Panes panes, long panesPerWindow) {
        this.grouping = grouping;
        this.panes = panes;
        this.panesPerWindow = panesPerWindow;
        if (panesPerWindow > MERGED_ONE_BY_ONE) {
            for (int level = 1; level <= Long.SIZE - 1 - Long.numberOfLeadingZeros(panesPerWindow); level++) {
                levels.add(new TreeMap<>());
            }
        }
        merged = grouping.pool().take();
    }

    /**
     * The groups of the window that begins with pane {@code first}, which holds rows; valid, and not to be changed, until
     * the next call.
     */
    GroupTable window(long first) {
        long end = first + panesPerWindow;
        List<GroupTable> parts = new ArrayList<>();
        if (levels.isEmpty()) {
            panes.range(first, end).values().forEach(pane -> parts.add(pane.table));
        } else {
            collect(first, end, parts);
        }
        if (parts.size() == 1) {
            return parts.get(0);
        }
        grouping.pool().give(merged);
        merged = grouping.pool().take();
        parts.forEach(part -> grouping.merge(part, merged));
        return merged;
    }

    /** Forgets the nodes that hold a pane which has got another row. */
    void invalidate(long pane) {
        if (pane > highestInNodes) {
            return;
        }
        for (int level = 1; level <= levels.size(); level++) {
            GroupTable stale = nodes(level).remove(pane >> level);
            if (stale != null) {
                grouping.pool().give(stale);
            }
        }
    }

    /** Drops the nodes that hold panes below {@code lowest}, which no open window has. */
    void dropBelow(long lowest) {
        for (int level = 1; level <= levels.size(); level++) {
            long firstKept = -(-lowest >> level);
            var dropped = nodes(level).headMap(firstKept, false);
            dropped.values().forEach(grouping.pool()::give);
            dropped.clear();
        }
    }

    /** Empties what was merged last, which may hold strings that are swept. */
    void forgetWindow() {
        merged.clear();
    }

    List<GroupTable> nodeTables() {
        List<GroupTable> tables = new ArrayList<>();
        levels.forEach(level -> tables.addAll(level.values()));
        return tables;
    }

    long bytes() {
        return merged.bytes()
                + nodeTables().stream().mapToLong(GroupTable::bytes).sum();
    }

    private void collect(long first, long end, List<GroupTable> parts) {
        long at = first;
        while (at < end) {
            int level = Math.min(Long.numberOfTrailingZeros(at), Long.SIZE - 1 - Long.numberOfLeadingZeros(end - at));
            GroupTable part = node(level, at >> level);
            if (part != null) {
                parts.add(part);
            }
            at += 1L << level;
        }
    }

    private @Nullable GroupTable node(int level, long index) {
        if (level == 0) {
            Pane pane = panes.find(index);
            return pane == null ? null : pane.table;
        }
        long first = index << level;
        if (panes.isEmptyBetween(first, first + (1L << level))) {
            return null;
        }
        GroupTable known = nodes(level).get(index);
        if (known != null) {
            return known;
        }
        GroupTable left = node(level - 1, index * 2);
        GroupTable right = node(level - 1, index * 2 + 1);
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        GroupTable both = grouping.pool().take();
        grouping.merge(left, both);
        grouping.merge(right, both);
        nodes(level).put(index, both);
        highestInNodes = Math.max(highestInNodes, first + (1L << level) - 1);
        return both;
    }

    private TreeMap<Long, GroupTable> nodes(int level) {
        return levels.get(level - 1);
    }
}
