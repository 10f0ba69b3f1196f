package io.millrace.executor.operator;

import io.millrace.executor.aggregate.Aggregates;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Adds each row to the session of its key; when the watermark reaches the end of sessions, emits them, by their ends and
 * keys. State is one record per open session.
 *
 * <p>The watermark that counts for a row that is late, or at the watermark itself, is the one before the row; for the
 * others it makes no difference when in a batch sessions close.
 */
public final class SessionAggregateOperator extends Transform implements Windowed {
    private final int timeColumn;
    private final TimeAttribute timeAttribute;
    private final Grouping grouping;
    private final Sessions sessions;

    private long watermark = Watermarks.NONE;
    private volatile long lateRows;
    private int[] closed = new int[64];
    private long[] closedEnds = new long[64];

    public SessionAggregateOperator(WindowAggregate node, Operator output) {
        super(output);
        timeColumn = node.timeColumn();
        timeAttribute = node.timeAttribute();
        grouping = new Grouping(node.input().rowType().types(), node.keys(), node.aggregates(), Aggregates.Use.MERGED);
        sessions = new Sessions(grouping, node.window().size());
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
    public void push(Batch batch) {
        LongColumn times = (LongColumn) batch.column(timeColumn);
        int late = 0;
        for (int from = 0; from < batch.selectedCount(); from += Sessions.MOST_ROWS) {
            late += sessions.place(batch, from, times, watermark, Sessions.Watch.NONE);
            sessions.addPlaced(batch);
        }
        if (late > 0) {
            lateRows += late;
        }
    }

    @Override
    public void advance(Watermarks watermarks) {
        long reached = watermarks.of(timeAttribute);
        if (reached > watermark) {
            watermark = reached;
            closeSessions(reached);
        }
        super.advance(watermarks);
    }

    @Override
    public void endStep() {
        sessions.sweep();
        super.endStep();
    }

    @Override
    public void finish() {
        closeSessions(Long.MAX_VALUE);
        super.finish();
    }

    @Override
    public long lateRows() {
        return lateRows;
    }

    @Override
    public long nextWindowEnd() {
        return sessions.nextEnd();
    }

    @Override
    public long stateBytes() {
        return sessions.bytes()
                + grouping.bytes()
                + closed.length * (long) (Integer.BYTES + Long.BYTES)
                + super.stateBytes();
    }

    private void closeSessions(long reached) {
        int count = 0;
        for (int session = sessions.close(reached); session >= 0; session = sessions.close(reached)) {
            if (count == closed.length) {
                closed = Arrays.copyOf(closed, count * 2);
                closedEnds = Arrays.copyOf(closedEnds, count * 2);
            }
            closed[count] = session;
            closedEnds[count++] = sessions.end(session);
        }
        grouping.sort(sessions.table(), closedEnds, closed, count);
        for (int from = 0; from < count && !output.isDone(); from += Column.MAX_ROWS) {
            emit(from, Math.min(Column.MAX_ROWS, count - from));
        }
        for (int i = 0; i < count; i++) {
            sessions.free(closed[i]);
        }
        sessions.sweep();
    }

    private void emit(int from, int count) {
        long[] starts = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = sessions.start(closed[from + i]);
        }
        List<Column> columns = new ArrayList<>();
        grouping.keys(sessions.table(), closed, from, count, columns);
        columns.add(new LongColumn(starts, null, count));
        columns.add(new LongColumn(Arrays.copyOfRange(closedEnds, from, from + count), null, count));
        grouping.results(sessions.table(), closed, from, count, columns);
        output.push(new ColumnBatch(count, columns));
    }
}
