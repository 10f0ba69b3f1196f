package io.millrace.executor.view;

import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.table.KeyColumns;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up the weights of equal rows of a step, and brings what goes and what comes in its place together. */
final class Consolidation {
    private static final int NONE = -1;

    private final List<DataType> types;
    private final KeyColumns all;
    private final @Nullable KeyColumns key;

    /** @param key null when rows have none */
    Consolidation(List<DataType> types, @Nullable List<Integer> key) {
        this.types = types;
        all = KeyColumns.ofRows(types.size());
        this.key = key == null ? null : new KeyColumns(key);
    }

    /** The net changes. */
    Delta of(Delta gross) {
        if (gross.rows() > Integer.MAX_VALUE / 4) {
            throw MillraceException.internal("a step with " + gross.rows() + " changes");
        }
        int count = (int) gross.rows();
        QueryScope.allocate(count * 32L);
        Rows rows = new Rows(gross, count);
        int[] first = rows.firstEqual(all);
        long[] net = new long[count];
        for (int row = 0; row < count; row++) {
            net[first[row]] += rows.weight(row);
        }
        DeltaBuilder out = new DeltaBuilder(types);
        if (key == null) {
            for (int row = 0; row < count; row++) {
                if (net[row] != 0) {
                    out.append(rows.columns(row), rows.inBlock(row), net[row]);
                }
            }
        } else {
            pair(rows, net, key, out);
        }
        return out.build();
    }

    /** The net changes, when what goes already stands right before what comes in its place, and nothing is there twice. */
    Delta ofPaired(Delta gross) {
        int count = (int) gross.rows();
        Rows rows = new Rows(gross, count);
        DeltaBuilder out = null;
        for (int row = 0; row < count; row++) {
            boolean isNothing = row + 1 < count
                    && rows.weight(row) < 0
                    && rows.weight(row + 1) > 0
                    && all.equal(
                            rows.columns(row), rows.inBlock(row), all, rows.columns(row + 1), rows.inBlock(row + 1));
            if (isNothing && out == null) {
                out = new DeltaBuilder(types);
                for (int before = 0; before < row; before++) {
                    out.append(rows.columns(before), rows.inBlock(before), rows.weight(before));
                }
            }
            if (isNothing) {
                row++;
            } else if (out != null) {
                out.append(rows.columns(row), rows.inBlock(row), rows.weight(row));
            }
        }
        return out == null ? gross : out.build();
    }

    /** Rows with equal keys: first what goes, then what comes. */
    private static void pair(Rows rows, long[] net, KeyColumns key, DeltaBuilder out) {
        int count = net.length;
        int[] first = rows.firstEqual(key);
        int[] goes = new int[count];
        int[] comes = new int[count];
        Arrays.fill(goes, NONE);
        Arrays.fill(comes, NONE);
        for (int row = 0; row < count; row++) {
            if (net[row] != 0) {
                int[] side = net[row] < 0 ? goes : comes;
                if (side[first[row]] != NONE || Math.abs(net[row]) != 1) {
                    throw MillraceException.internal("two rows have the same key");
                }
                side[first[row]] = row;
            }
        }
        for (int row = 0; row < count; row++) {
            if (goes[row] != NONE && comes[row] != NONE) {
                out.keepTogether(2);
            }
            if (goes[row] != NONE) {
                out.append(rows.columns(goes[row]), rows.inBlock(goes[row]), -1);
            }
            if (comes[row] != NONE) {
                out.append(rows.columns(comes[row]), rows.inBlock(comes[row]), 1);
            }
        }
    }

    /** The rows of a delta by their numbers: all blocks but the last are full. */
    private record Rows(Delta delta, int count) {
        ColumnBatch block(int row) {
            return delta.batches().get(row / Column.MAX_ROWS);
        }

        List<Column> columns(int row) {
            return block(row).columns();
        }

        int inBlock(int row) {
            return row % Column.MAX_ROWS;
        }

        long weight(int row) {
            long[] weights = block(row).weights();
            return weights == null ? 1 : weights[inBlock(row)];
        }

        /** For each row the number of the first with an equal key. */
        int[] firstEqual(KeyColumns key) {
            int[] first = new int[count];
            int[] slots = new int[Math.max(16, Integer.highestOneBit(Math.max(1, count)) * 4)];
            int[] hashes = new int[count];
            int mask = slots.length - 1;
            for (int row = 0; row < count; row++) {
                List<Column> columns = columns(row);
                int hash = key.hash(columns, inBlock(row));
                hashes[row] = hash;
                int slot = hash & mask;
                while (slots[slot] != 0) {
                    int other = slots[slot] - 1;
                    if (hashes[other] == hash
                            && key.equal(columns(other), inBlock(other), key, columns, inBlock(row))) {
                        break;
                    }
                    slot = (slot + 1) & mask;
                }
                if (slots[slot] == 0) {
                    slots[slot] = row + 1;
                }
                first[row] = slots[slot] - 1;
            }
            return first;
        }
    }
}
