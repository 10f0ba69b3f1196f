package io.millrace.executor.operator;

import io.millrace.executor.state.GroupTable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Merges the panes of a window. Few panes are merged one by one; many by a tree whose nodes are kept as long as windows
 * can use them, so that a slide costs the logarithm of the panes. Nothing is ever subtracted, so that it serves every
 * aggregate, and the order of the merges depends on the panes alone. Windows that grow pane by pane are merged as they
 * grow, so that a step costs the merge of its panes.
 *
 * <pre>
 * level 2 |                       0                       |            1 …
 * level 1 |   0   |   1   |   2   | …             |   7   |   8   | …
 * panes   |0|1| … |8| …                           |56|…         |71|72| …
 *                 [-------+---------------+-------+-------+-----)      a window of panes 16 to 71: seven merges
 * </pre>
 *
 * A node has eight children: with as many keys everywhere all nodes together then need a seventh of the panes' memory.
 */
final class PaneMerger {
    private static final int MERGED_ONE_BY_ONE = 8;
    /** A node of level k holds 2 to the power of {@code k * FAN_OUT_BITS} panes. */
    private static final int FAN_OUT_BITS = 3;

    private final Grouping grouping;
    private final Panes panes;
    private final boolean isCumulative;
    /** The nodes of eight panes, of 64, … */
    private final List<TreeMap<Long, GroupTable>> levels = new ArrayList<>();

    private GroupTable merged;
    private long highestInNodes = Long.MIN_VALUE;

    PaneMerger(Grouping grouping, Panes panes, PaneGeometry geometry) {
        this.grouping = grouping;
        this.panes = panes;
        isCumulative = geometry.isCumulative();
        long panesPerWindow = geometry.panesPerWindow();
        if (panesPerWindow > MERGED_ONE_BY_ONE && !isCumulative) {
            int mostLevels = (Long.SIZE - 1 - Long.numberOfLeadingZeros(panesPerWindow)) / FAN_OUT_BITS;
            for (int level = 1; level <= mostLevels; level++) {
                levels.add(new TreeMap<>());
            }
        }
        merged = grouping.pool().take();
    }

    /**
     * The groups of the window from pane {@code first}, to before pane {@code end}, one of which holds rows; valid, and not
     * to be changed, until the next call. The windows of one kind are asked for by their ends.
     */
    GroupTable window(long first, long end) {
        if (isCumulative) {
            return gather(first, end);
        }
        dropBelow(first);
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

    /** Brings all rows to the first pane, which every window that is still to come has too. */
    private GroupTable gather(long first, long end) {
        List<Pane> all = List.copyOf(panes.range(first, end).values());
        Pane into = all.get(0);
        for (Pane pane : all.subList(1, all.size())) {
            grouping.merge(pane.table, into.table);
            panes.drop(pane);
        }
        return into.table;
    }

    /** Forgets the nodes that hold a pane which has got another row. */
    void invalidate(long pane) {
        if (pane > highestInNodes) {
            return;
        }
        for (int level = 1; level <= levels.size(); level++) {
            GroupTable stale = nodes(level).remove(pane >> shift(level));
            if (stale != null) {
                grouping.pool().give(stale);
            }
        }
    }

    /** Drops the nodes that hold panes below {@code lowest}, which no open window has. */
    private void dropBelow(long lowest) {
        for (int level = 1; level <= levels.size(); level++) {
            long firstKept = -(-lowest >> shift(level));
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
            int zeros = Long.numberOfTrailingZeros(at);
            int level = Math.min(zeros, Long.SIZE - 1 - Long.numberOfLeadingZeros(end - at)) / FAN_OUT_BITS;
            GroupTable part = node(level, at >> shift(level));
            if (part != null) {
                parts.add(part);
            }
            at += 1L << shift(level);
        }
    }

    private @Nullable GroupTable node(int level, long index) {
        if (level == 0) {
            Pane pane = panes.find(index);
            return pane == null ? null : pane.table;
        }
        long first = index << shift(level);
        if (panes.isEmptyBetween(first, first + (1L << shift(level)))) {
            return null;
        }
        GroupTable known = nodes(level).get(index);
        return known != null ? known : newNode(level, index);
    }

    private @Nullable GroupTable newNode(int level, long index) {
        List<GroupTable> children = new ArrayList<>();
        for (long child = index << FAN_OUT_BITS; child < (index + 1) << FAN_OUT_BITS; child++) {
            GroupTable table = node(level - 1, child);
            if (table != null) {
                children.add(table);
            }
        }
        if (children.size() <= 1) {
            return children.isEmpty() ? null : children.get(0);
        }
        GroupTable all = grouping.pool().take();
        for (GroupTable child : children) {
            grouping.merge(child, all);
            child.seal(); // hardly a row comes for a pane of windows that close
        }
        all.seal();
        nodes(level).put(index, all);
        highestInNodes = Math.max(highestInNodes, ((index + 1) << shift(level)) - 1);
        return all;
    }

    private static int shift(int level) {
        return level * FAN_OUT_BITS;
    }

    private TreeMap<Long, GroupTable> nodes(int level) {
        return levels.get(level - 1);
    }
}
