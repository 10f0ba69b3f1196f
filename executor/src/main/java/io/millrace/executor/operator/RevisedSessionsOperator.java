package io.millrace.executor.operator;

import io.millrace.executor.aggregate.Aggregates;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Sessions over rows that can go again: a session is computed anew from its rows, before the step first changes it, which
 * gives −old, and at the end of the step, which gives +new. A row that goes can part a session, so all rows are kept.
 */
public final class RevisedSessionsOperator extends Transform implements Windowed, SessionRows.Listener {
    private final TimeAttribute timeAttribute;
    private final long gap;
    private final List<Integer> keys;
    private final SessionRows rows;
    private final Grouping grouping;
    private final GroupTable scratch;
    private final int[] onlyGroup = new int[Column.MAX_ROWS];
    private final ColumnBuilder[] results;
    private final long[] weights = new long[Column.MAX_ROWS];

    private int count;
    private long watermark = Watermarks.NONE;
    private volatile long lateRows;

    public RevisedSessionsOperator(WindowAggregate node, Operator output) {
        super(output);
        timeAttribute = node.timeAttribute();
        gap = node.window().size();
        keys = node.keys();
        boolean closes = timeAttribute != TimeAttribute.NONE;
        rows = new SessionRows(node.input().rowType(), keys, node.timeColumn(), gap, closes, true, this);
        grouping = new Grouping(node.input().rowType().types(), List.of(), node.aggregates(), Aggregates.Use.MERGED);
        scratch = grouping.pool().take();
        results = node.rowType().types().stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    }

    /** How many times the step has changed rows at so far. */
    public long touchedTimes() {
        return rows.touchedTimes();
    }

    /** The rows of each key. */
    public SavedState state() {
        return rows.state();
    }

    @Override
    public long lateRows() {
        return lateRows;
    }

    /** Sessions are seen while they are open; that one closes shows nothing new. */
    @Override
    public long nextWindowEnd() {
        return Long.MAX_VALUE;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
    public void push(Batch batch) {
        int late = rows.change(batch, watermark);
        if (late > 0) {
            lateRows += late;
        }
    }

    @Override
    public void advance(Watermarks watermarks) {
        long reached = watermarks.of(timeAttribute);
        if (timeAttribute != TimeAttribute.NONE && reached > watermark) {
            watermark = reached;
            rows.reached(reached);
        }
        super.advance(watermarks);
    }

    @Override
    public void endStep() {
        rows.endStep();
        flush();
        super.endStep();
    }

    @Override
    public void before(long key, long first, long last) {
        emit(key, first, last, -1);
    }

    @Override
    public void after(long key, long first, long last) {
        emit(key, first, last, 1);
    }

    @Override
    public void closing(long key, long first, long last) {}

    private void emit(long key, long first, long last, long weight) {
        int group = scratch.onlyGroup();
        Arrays.fill(onlyGroup, group);
        boolean[] hasKeys = {false};
        rows.read(key, first, last, batch -> {
            for (int i = 0; i < keys.size() && !hasKeys[0]; i++) {
                results[i].append(batch.column(keys.get(i)), 0);
            }
            hasKeys[0] = true;
            grouping.add(scratch, onlyGroup, batch, RowNumbers.of(batch), batch.rowCount());
        });
        results[keys.size()].appendLong(first);
        results[keys.size() + 1].appendLong(last + gap);
        List<Column> columns = new ArrayList<>();
        grouping.results(scratch, new int[] {group}, 0, 1, columns);
        for (int i = 0; i < columns.size(); i++) {
            results[keys.size() + 2 + i].append(columns.get(i), 0);
        }
        BitSet all = new BitSet();
        all.set(group);
        grouping.drop(scratch, all);
        if (grouping.isSweepDue()) {
            grouping.sweep(List.of(scratch));
        }
        weights[count++] = weight;
        if (count == Column.MAX_ROWS) {
            flush();
        }
    }

    private void flush() {
        if (count == 0) {
            return;
        }
        List<Column> columns = new ArrayList<>(results.length);
        for (ColumnBuilder result : results) {
            columns.add(result.build());
        }
        int pushed = count;
        count = 0;
        output.push(new ColumnBatch(pushed, columns, null, Arrays.copyOf(weights, pushed)));
    }

    @Override
    public long stateBytes() {
        return rows.bytes() + scratch.bytes() + grouping.bytes() + super.stateBytes();
    }
}
