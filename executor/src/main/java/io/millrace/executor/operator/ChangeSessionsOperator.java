package io.millrace.executor.operator;

import io.millrace.executor.aggregate.Aggregates;
import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Columns;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.Field;
import io.millrace.plan.RowType;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Sessions that are seen before they close. What a session gave before is kept when the step first touches it; at the end
 * of the step each touched session gives −old, unless it is new, and +new, unless another has taken its rows. The input
 * is append-only. Sessions that the watermark has closed are forgotten: no row joins them.
 */
public final class ChangeSessionsOperator extends Transform implements Windowed, Sessions.Watch {
    private static final int CHUNK = Column.MAX_ROWS / 2;
    /** In place of a row: the session was not there before the step; it was, and its result is still to be kept. */
    private static final int NEW = -1;

    private static final int KNOWN = -2;

    private final int timeColumn;
    private final TimeAttribute timeAttribute;
    private final Grouping grouping;
    private final Sessions sessions;
    private final SavedPieces pieces;
    private final RowType resultType;

    private long watermark = Watermarks.NONE;
    private volatile long lateRows;
    private RowBuffer before;
    private int[] touched = new int[64];
    private long[] startsBefore = new long[64];
    private long[] endsBefore = new long[64];
    /** Where the result of a touched session before the step is in {@code before}. */
    private int[] rowsBefore = new int[64];

    private int touchedCount;
    private final BitSet isTouched = new BitSet();
    /** How many of the touched have their result in {@code before}. */
    private int kept;

    private int[] closed = new int[64];
    private int closedCount;

    public ChangeSessionsOperator(WindowAggregate node, Operator output) {
        super(output);
        timeColumn = node.timeColumn();
        timeAttribute = node.timeAttribute();
        grouping = new Grouping(node.input().rowType().types(), node.keys(), node.aggregates(), Aggregates.Use.MERGED);
        sessions = new Sessions(grouping, node.window().size());
        List<Field> fields = node.rowType().fields();
        resultType = new RowType(fields.subList(node.keys().size() + 2, fields.size()));
        before = new RowBuffer(resultType);
        pieces = new SavedPieces(
                Column.MAX_ROWS, () -> sessions.table().size(), sessions::save, sessions::restore, sessions::restored);
    }

    /** The sessions. */
    public SavedState state() {
        return pieces;
    }

    /** How many sessions the step has touched so far. */
    public long touchedSessions() {
        return touchedCount;
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
        LongColumn times = (LongColumn) batch.column(timeColumn);
        int late = 0;
        for (int from = 0; from < batch.selectedCount(); from += Sessions.MOST_ROWS) {
            late += sessions.place(batch, from, times, watermark, this);
            keepResults();
            sessions.addPlaced(batch);
        }
        if (late > 0) {
            lateRows += late;
        }
    }

    @Override
    public void touching(int session) {
        if (!isTouched.get(session)) {
            pieces.changing(session);
            add(session, sessions.start(session), sessions.end(session), KNOWN);
        }
    }

    @Override
    public void adding(int session) {
        pieces.changing(session);
        add(session, 0, 0, NEW);
    }

    private void add(int session, long start, long end, int row) {
        isTouched.set(session);
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, touchedCount * 2);
            startsBefore = Arrays.copyOf(startsBefore, touchedCount * 2);
            endsBefore = Arrays.copyOf(endsBefore, touchedCount * 2);
            rowsBefore = Arrays.copyOf(rowsBefore, touchedCount * 2);
        }
        touched[touchedCount] = session;
        startsBefore[touchedCount] = start;
        endsBefore[touchedCount] = end;
        rowsBefore[touchedCount++] = row;
    }

    /** Copies the results that the sessions gave before the step, as far as it has touched them anew. */
    private void keepResults() {
        int[] known = new int[Math.min(Column.MAX_ROWS, touchedCount - kept)];
        while (kept < touchedCount) {
            int count = 0;
            for (; kept < touchedCount && count < known.length; kept++) {
                if (rowsBefore[kept] == KNOWN) {
                    rowsBefore[kept] = before.size() + count;
                    known[count++] = touched[kept];
                }
            }
            List<Column> results = new ArrayList<>(resultType.size());
            grouping.results(sessions.table(), known, 0, count, results);
            before.appendAll(new ColumnBatch(count, results));
        }
    }

    @Override
    public void advance(Watermarks watermarks) {
        long reached = watermarks.of(timeAttribute);
        if (reached > watermark) {
            watermark = reached;
            for (int session = sessions.close(reached); session >= 0; session = sessions.close(reached)) {
                if (closedCount == closed.length) {
                    closed = Arrays.copyOf(closed, closedCount * 2);
                }
                closed[closedCount++] = session;
                pieces.changing(session);
            }
        }
        super.advance(watermarks);
    }

    @Override
    public void endStep() {
        if (touchedCount > 0) {
            before.seal();
            for (int from = 0; from < touchedCount; from += CHUNK) {
                emit(from, Math.min(CHUNK, touchedCount - from));
            }
            before = new RowBuffer(resultType);
            isTouched.clear();
            touchedCount = 0;
            kept = 0;
        }
        for (int i = 0; i < closedCount; i++) {
            sessions.free(closed[i]);
        }
        closedCount = 0;
        if (!pieces.isSaving() && sessions.sweep()) {
            pieces.renumbered();
        }
        super.endStep();
    }

    private void emit(int from, int count) {
        List<Column> after = new ArrayList<>(resultType.size());
        grouping.results(sessions.table(), touched, from, count, after);
        int[] emitted = new int[2 * count];
        long[] starts = new long[2 * count];
        long[] ends = new long[2 * count];
        long[] weights = new long[2 * count];
        int rows = 0;
        ColumnBuilder[] results = new ColumnBuilder[resultType.size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = ColumnBuilder.of(resultType.type(i));
        }
        for (int i = from; i < from + count; i++) {
            int session = touched[i];
            boolean was = rowsBefore[i] != NEW;
            boolean is = !sessions.isDead(session);
            if (was && is && isSame(i, after, i - from)) {
                continue;
            }
            if (was) {
                append(results, before.columns(rowsBefore[i]), before.row(rowsBefore[i]));
                emitted[rows] = session;
                starts[rows] = startsBefore[i];
                ends[rows] = endsBefore[i];
                weights[rows++] = -1;
            }
            if (is) {
                append(results, after::get, i - from);
                emitted[rows] = session;
                starts[rows] = sessions.start(session);
                ends[rows] = sessions.end(session);
                weights[rows++] = 1;
            }
        }
        if (rows > 0) {
            List<Column> columns = new ArrayList<>();
            grouping.keys(sessions.table(), emitted, 0, rows, columns);
            columns.add(new LongColumn(starts, null, rows));
            columns.add(new LongColumn(ends, null, rows));
            for (ColumnBuilder result : results) {
                columns.add(result.build());
            }
            output.push(new ColumnBatch(rows, columns, null, weights));
        }
    }

    private boolean isSame(int at, List<Column> after, int row) {
        int session = touched[at];
        if (startsBefore[at] != sessions.start(session) || endsBefore[at] != sessions.end(session)) {
            return false;
        }
        IntFunction<Column> old = before.columns(rowsBefore[at]);
        int oldRow = before.row(rowsBefore[at]);
        for (int i = 0; i < after.size(); i++) {
            if (!Columns.equal(old.apply(i), oldRow, after.get(i), row)) {
                return false;
            }
        }
        return true;
    }

    private static void append(ColumnBuilder[] into, IntFunction<Column> columns, int row) {
        for (int i = 0; i < into.length; i++) {
            into[i].append(columns.apply(i), row);
        }
    }

    @Override
    public long stateBytes() {
        return sessions.bytes()
                + pieces.bytes()
                + grouping.bytes()
                + before.bytes()
                + touched.length * (2L * Integer.BYTES + 2L * Long.BYTES)
                + closed.length * (long) Integer.BYTES
                + isTouched.size() / 8
                + super.stateBytes();
    }
}
