package io.millrace.executor.operator;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.DataType;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKey;
import io.millrace.plan.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The kept side of a join: its rows, and per distinct key the chain of those that have it, in the order they came.
 *
 * <pre>
 * record | key words … | first row + 1 : 32 | last row + 1 : 32 |
 * next   | row + 1 of the next row with the same key; 0 ends the chain, per row
 * </pre>
 *
 * Without keys there is one chain, of all rows.
 */
final class JoinTable {
    private static final int FIRST_LINKS = 64;

    private final int[] strictProbeKeys;
    private final int[] strictBuildKeys;
    private final boolean keepsAll;
    private final int keyWords;
    private final StringInterner interner = new StringInterner();
    private final KeyEncoder buildEncoder;
    private final KeyEncoder probeEncoder;
    private final KeyWords words;
    private final GroupTable table;
    private final RowBuffer rows;

    private int[] next = new int[FIRST_LINKS];
    private final int[] keyed = new int[Column.MAX_ROWS];
    private final int[] places = new int[Column.MAX_ROWS];
    private final int[] groups = new int[Column.MAX_ROWS];

    JoinTable(Join node) {
        List<JoinKey> keys = node.keys();
        RowType left = node.left().rowType();
        RowType right = node.right().rowType();
        List<DataType> types = new ArrayList<>();
        for (JoinKey key : keys) {
            boolean nullable =
                    left.type(key.left()).nullable() || right.type(key.right()).nullable();
            types.add(right.type(key.right()).withNullable(nullable));
        }
        KeyLayout layout = new KeyLayout(types);
        List<Integer> buildKeys = keys.stream().map(JoinKey::right).toList();
        List<Integer> probeKeys = keys.stream().map(JoinKey::left).toList();
        buildEncoder = new KeyEncoder(layout, buildKeys, interner);
        probeEncoder = KeyEncoder.forSearch(layout, probeKeys, interner);
        strictBuildKeys = strict(keys).mapToInt(JoinKey::right).toArray();
        strictProbeKeys = strict(keys).mapToInt(JoinKey::left).toArray();
        keepsAll = node.kind().keepsRight();
        keyWords = layout.width();
        words = new KeyWords(keyWords);
        table = new GroupTable(keyWords, 1);
        rows = new RowBuffer(right);
    }

    private static java.util.stream.Stream<JoinKey> strict(List<JoinKey> keys) {
        return keys.stream().filter(key -> !key.nullsEqual());
    }

    /** Keeps rows. Those that can have no partner, because a key is NULL, are kept only if the join gives them too. */
    void add(Batch batch) {
        int count = batch.selectedCount();
        int first = rows.size();
        int found = withoutNulls(batch, strictBuildKeys, first);
        if (keepsAll) {
            rows.append(batch, RowNumbers.of(batch), count);
        } else {
            rows.append(batch, keyed, found);
        }
        buildEncoder.encode(batch, keyed, found, words);
        table.findOrAdd(words, found, groups);
        if (next.length < rows.size()) {
            int larger = Math.max(rows.size(), next.length + (next.length >> 1));
            QueryScope.allocate((long) larger * Integer.BYTES);
            next = Arrays.copyOf(next, larger);
        }
        for (int i = 0; i < found; i++) {
            link(groups[i], keepsAll ? places[i] : first + i);
        }
    }

    private void link(int group, int row) {
        long[] page = table.page(group);
        int at = table.at(group) + keyWords;
        long ends = page[at];
        if (ends == 0) {
            page[at] = ((long) (row + 1) << 32) | (row + 1);
        } else {
            next[(int) ends - 1] = row + 1;
            page[at] = (ends & 0xFFFFFFFF_00000000L) | (row + 1);
        }
    }

    /** All rows have come. */
    void seal() {
        rows.seal();
    }

    boolean isEmpty() {
        return table.size() == 0;
    }

    RowBuffer rows() {
        return rows;
    }

    /** Finds for the n-th selected row of a batch the first row of its chain; -1 when it has no partner. */
    void find(Batch batch, int[] firsts) {
        int count = batch.selectedCount();
        int found = withoutNulls(batch, strictProbeKeys, 0);
        probeEncoder.encode(batch, keyed, found, words);
        table.find(words, found, groups);
        Arrays.fill(firsts, 0, count, -1);
        for (int i = 0; i < found; i++) {
            int group = groups[i];
            if (group >= 0) {
                firsts[places[i]] = (int) (table.page(group)[table.at(group) + keyWords] >>> 32) - 1;
            }
        }
    }

    /** The next row of a chain; -1 at its end. */
    int next(int row) {
        return next[row] - 1;
    }

    /** Collects the selected rows, and their places among these plus {@code first}, of which no given key is NULL. */
    private int withoutNulls(Batch batch, int[] keys, int first) {
        int count = batch.selectedCount();
        int[] selected = RowNumbers.of(batch);
        for (int i = 0; i < count; i++) {
            keyed[i] = selected[i];
            places[i] = first + i;
        }
        int found = count;
        for (int key : keys) {
            Column column = batch.column(key);
            if (!column.hasNulls()) {
                continue;
            }
            int kept = 0;
            for (int i = 0; i < found; i++) {
                keyed[kept] = keyed[i];
                places[kept] = places[i];
                kept += column.isNull(keyed[i]) ? 0 : 1;
            }
            found = kept;
        }
        return found;
    }

    long bytes() {
        return rows.bytes() + table.bytes() + interner.bytes() + (long) next.length * Integer.BYTES;
    }
}
