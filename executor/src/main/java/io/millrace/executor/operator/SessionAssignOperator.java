package io.millrace.executor.operator;

import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAssign;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives each row with the bounds of the session that it is in: once, when the session closes; or, where sessions are seen
 * before they close, at the end of each step that has changed them: −rows as they were, +rows as they are.
 */
public final class SessionAssignOperator extends Transform implements Windowed, SessionRows.Listener {
    private static final long WINDOW_TIME_BEFORE_END = 1_000;

    private final TimeAttribute closedBy;
    private final long gap;
    private final boolean isChanging;
    private final SessionRows rows;

    private long watermark = Watermarks.NONE;
    private volatile long lateRows;

    /** @param isChanging whether sessions are seen before they close */
    public SessionAssignOperator(WindowAssign node, List<Integer> partition, boolean isChanging, Operator output) {
        super(output);
        closedBy = node.closedBy();
        gap = node.window().size();
        this.isChanging = isChanging;
        boolean closes = closedBy != TimeAttribute.NONE;
        rows = new SessionRows(node.input().rowType(), partition, node.timeColumn(), gap, closes, isChanging, this);
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

    @Override
    public long nextWindowEnd() {
        return isChanging ? Long.MAX_VALUE : rows.nextEnd();
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
        long reached = watermarks.of(closedBy);
        if (closedBy != TimeAttribute.NONE && reached > watermark) {
            watermark = reached;
            rows.reached(reached);
        }
        super.advance(watermarks);
    }

    @Override
    public void endStep() {
        rows.endStep();
        super.endStep();
    }

    @Override
    public void finish() {
        rows.closeAll();
        super.finish();
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
    public void closing(long key, long first, long last) {
        if (!isChanging) {
            emit(key, first, last, 1);
        }
    }

    private void emit(long key, long first, long last, long weight) {
        rows.read(key, first, last, batch -> {
            int count = batch.rowCount();
            List<Column> columns = new ArrayList<>(batch.columns());
            columns.add(constant(first, count));
            columns.add(constant(last + gap, count));
            columns.add(constant(last + gap - WINDOW_TIME_BEFORE_END, count));
            output.push(new ColumnBatch(count, columns, null, isChanging ? weights(weight, count) : null));
        });
    }

    private static LongColumn constant(long value, int count) {
        return new LongColumn(weights(value, count), null, count);
    }

    private static long[] weights(long value, int count) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return values;
    }

    @Override
    public long stateBytes() {
        return rows.bytes() + super.stateBytes();
    }
}
