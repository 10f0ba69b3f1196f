package io.millrace.executor.view;

import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.table.KeyColumns;
import io.millrace.executor.table.TableVersion;
import io.millrace.executor.table.VersionedRows;
import io.millrace.plan.DataType;
import io.millrace.plan.StandingQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The rows of a materialized view. Rows that only come are kept as they are; rows with a key are found by it; other rows are kept once, with how often they
 * are there. For one thread at a time, which gives {@link TableVersion}s to all others.
 */
public final class ViewContents {
    /** Dead rows, as a part of the living, above which rows are moved together. */
    private static final double DEAD_SHARE = 0.5;

    /** So many rows are moved after a step, however little it changed. */
    private static final long LEAST_MOVED = 1 << 12;
    /** More than come, so that it ends, and soon; a change is what goes or what comes in its place. */
    private static final long MOVED_PER_CHANGE = 2;

    /** What so many rows need of a large view stays in the cache of a processor from when they are found until they are changed. */
    private static final int NEAR_ROWS = 512;

    private static final DataType COUNT = DataType.of(DataType.Kind.BIGINT).notNull();

    private final String name;
    private final boolean isAppendOnly;
    private final boolean isCounted;
    private final List<DataType> stored;
    private final VersionedRows rows;
    private final Selection selected = new Selection();

    private long rowCount;
    private volatile long bytes;

    public ViewContents(String name, StandingQuery query) {
        this.name = name;
        List<DataType> types = query.root().rowType().types();
        List<Integer> key = query.key();
        isAppendOnly = query.appendOnly();
        isCounted = !isAppendOnly && (key == null || key.isEmpty());
        stored = new ArrayList<>(types);
        if (isCounted) {
            stored.add(COUNT);
        }
        KeyColumns found;
        if (key != null && !key.isEmpty()) {
            found = new KeyColumns(key);
        } else {
            found = isAppendOnly ? null : KeyColumns.ofRows(types.size());
        }
        rows = new VersionedRows(name, stored, found, isCounted);
    }

    /**
     * Makes the changes of a step.
     *
     * @param net as {@link ChangeGatherer} gives them
     * @param hasRoom whether so many bytes may be held for some steps, in which rows are moved together a part at a time; else they
     *     are moved at once
     */
    public void apply(Delta net, long position, LongPredicate hasRoom) {
        if (isAppendOnly) {
            append(net);
        } else {
            for (ColumnBatch batch : net.batches()) {
                if (isCounted) {
                    count(batch, position);
                } else {
                    replace(batch, position);
                }
            }
            rows.compactSome(DEAD_SHARE, Math.max(LEAST_MOVED, MOVED_PER_CHANGE * net.rows()), hasRoom);
        }
        bytes = rows.bytes();
    }

    /** Takes rows that are all there will be at first, part by part: no two have the same key. */
    public void applyFirst(Delta part) {
        if (isCounted) {
            apply(part, 0, bytes -> false);
            return;
        }
        for (ColumnBatch batch : part.batches()) {
            selectAll(batch.rowCount());
            rows.appendDistinct(batch.columns(), selected);
        }
        rowCount += part.rows();
        bytes = rows.bytes();
    }

    private void selectAll(int count) {
        for (int row = 0; row < count; row++) {
            selected.rows()[row] = row;
        }
        selected.count(count);
    }

    private void append(Delta delta) {
        for (ColumnBatch batch : delta.batches()) {
            selectAll(batch.rowCount());
            rows.append(batch.columns(), selected);
        }
        rowCount += delta.rows();
    }

    private void replace(ColumnBatch batch, long position) {
        for (int from = 0; from < batch.rowCount(); from += NEAR_ROWS) {
            int end = Math.min(batch.rowCount(), from + NEAR_ROWS);
            int come = 0;
            rows.findAll(batch.columns(), from, end - from);
            for (int row = from; row < end; row++) {
                long weight = weight(batch, row);
                rowCount += weight;
                if (weight > 0) {
                    selected.rows()[come++] = row;
                } else {
                    kill(row, position);
                }
            }
            selected.count(come);
            rows.appendFound(batch.columns(), selected);
        }
    }

    private void count(ColumnBatch batch, long position) {
        long[] counts = new long[batch.rowCount()];
        List<Column> counted = new ArrayList<>(batch.columns());
        counted.add(new LongColumn(counts, null, counts.length));
        for (int from = 0; from < batch.rowCount(); from += NEAR_ROWS) {
            int end = Math.min(batch.rowCount(), from + NEAR_ROWS);
            int come = 0;
            rows.findAll(counted, from, end - from);
            for (int row = from; row < end; row++) {
                long weight = weight(batch, row);
                rowCount += weight;
                counts[row] = weight;
                int known = rows.found(row);
                if (known != VersionedRows.NONE) {
                    List<Column> columns = rows.columns(known);
                    counts[row] += ((LongColumn) columns.get(columns.size() - 1)).get(VersionedRows.inBlock(known));
                    rows.kill(known, position);
                }
                if (counts[row] < 0) {
                    throw missing();
                }
                if (counts[row] > 0) {
                    selected.rows()[come++] = row;
                }
            }
            selected.count(come);
            rows.appendFound(counted, selected);
        }
    }

    /** Ends the row that has the key of a row that was looked for. */
    private void kill(int row, long position) {
        int gone = rows.found(row);
        if (gone == VersionedRows.NONE) {
            throw missing();
        }
        rows.kill(gone, position);
    }

    private static long weight(ColumnBatch batch, int row) {
        long[] weights = batch.weights();
        return weights == null ? 1 : weights[row];
    }

    private MillraceException missing() {
        return MillraceException.internal("a row goes from view \"" + name + "\" that is not there");
    }

    /** The rows after the step of a position. */
    public TableVersion version(long position) {
        return rows.version(position + 1);
    }

    /** Takes parts that {@link io.millrace.executor.table.VersionMark#write} has written, in their order. */
    public void restore(StateReader in) {
        while (in.hasMore()) {
            boolean isGone = in.flag();
            int count = in.count();
            List<Column> columns = new ArrayList<>();
            for (DataType type : stored) {
                columns.add(in.column(type));
            }
            if (!isAppendOnly) {
                restore(columns, count, isGone);
            } else if (isGone) {
                throw missing();
            } else {
                selectAll(count);
                rows.append(columns, selected);
                rowCount += count;
            }
        }
        rows.compactIfDue(DEAD_SHARE);
        bytes = rows.bytes();
    }

    private void restore(List<Column> columns, int count, boolean isGone) {
        for (int from = 0; from < count; from += NEAR_ROWS) {
            int end = Math.min(count, from + NEAR_ROWS);
            rows.findAll(columns, from, end - from);
            for (int row = from; row < end; row++) {
                long times = isCounted ? ((LongColumn) columns.get(columns.size() - 1)).get(row) : 1;
                rowCount += isGone ? -times : times;
                if (isGone) {
                    kill(row, 0);
                } else {
                    selected.rows()[row - from] = row;
                }
            }
            selected.count(isGone ? 0 : end - from);
            rows.appendFound(columns, selected);
        }
    }

    /** So many rows will come; before the first. */
    public void expect(long count) {
        if (!isCounted) { // of these there may be far fewer that differ
            rows.expect(count);
        }
    }

    /** How many rows there are. */
    public long rowCount() {
        return rowCount;
    }

    /** The memory that the rows take after the last change. On any thread. */
    public long bytes() {
        return bytes;
    }
}
