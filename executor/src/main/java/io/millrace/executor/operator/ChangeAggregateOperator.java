package io.millrace.executor.operator;

import io.millrace.executor.aggregate.Aggregates;
import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.TimeAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Adds each change to its group: acc += w · v. What a group gave before is kept when the step first touches it; at the end
 * of the step each touched group whose result differs gives −old and +new, however often it was touched.
 *
 * <p>A group is there while its rows are more than none; without keys it is there always. Groups of windows that the
 * watermark has closed are forgotten: no change can reach them.
 */
public final class ChangeAggregateOperator extends Transform {
    /** Fewer groups are not worth looking for those that can go. */
    private static final int MIN_SWEEP = 1024;

    private static final int CHUNK = Column.MAX_ROWS / 2;
    /** The groups of so many rows stay in the cache of a processor from when they are found until their rows are added. */
    private static final int NEAR_ROWS = 512;

    /** Who said that there are more may be wrong. */
    private static final int MOST_EXPECTED = 1 << 28;

    private final Grouping grouping;
    private final GroupTable table;
    private final int[] near = new int[NEAR_ROWS];
    private final boolean[] differs = new boolean[CHUNK];
    private final boolean isGlobal;
    private final int keyCount;
    private final int resultCount;
    private final Closing closing;

    /** The results, hidden count of rows first, of the dirty groups before the step, in the order of {@link #dirty}. */
    private RowBuffer before;

    private final RowBuffer nothingBefore;
    private int expectedDirty;

    private final io.millrace.plan.RowType resultType;
    private int[] dirty = new int[64];
    private int dirtyCount;
    private final BitSet isDirty = new BitSet();
    private boolean isShown;
    private boolean isQuiet;
    private long watermark = Watermarks.NONE;
    private int groupsAfterSweep;

    private final SavedPieces pieces;
    /** Those of the groups, and others. */
    private final List<SavedPieces> states = new ArrayList<>();

    /**
     * @param changing whether rows may be taken away
     * @param closing which groups no change can reach any more
     */
    public ChangeAggregateOperator(HashAggregate node, boolean changing, Closing closing, Operator output) {
        super(output);
        this.closing = closing;
        DataType count = DataType.of(DataType.Kind.BIGINT).notNull();
        List<AggregateCall> calls = new ArrayList<>();
        calls.add(new AggregateCall(AggregateFunction.COUNT, null, null, count));
        calls.addAll(node.aggregates());
        boolean isDistinct = node.aggregates().stream().anyMatch(AggregateCall::distinct);
        boolean forgetsValues = changing || (closing.key() >= 0 && isDistinct);
        grouping = new Grouping(
                node.input().rowType().types(),
                node.keys(),
                calls,
                forgetsValues ? Aggregates.Use.CHANGED : Aggregates.Use.KEPT);
        table = grouping.pool().take();
        pieces = new SavedPieces(
                Column.MAX_ROWS,
                table::size,
                (groups, groupCount, out) -> grouping.save(table, groups, groupCount, out),
                this::restore);
        states.add(pieces);
        states.addAll(grouping.pieces());
        isGlobal = node.keys().isEmpty();
        keyCount = node.keys().size();
        resultCount = calls.size();
        List<io.millrace.plan.Field> fields = new ArrayList<>();
        for (AggregateCall call : calls) {
            fields.add(new io.millrace.plan.Field("$", call.type()));
        }
        resultType = new io.millrace.plan.RowType(fields);
        nothingBefore = new RowBuffer(resultType);
        before = nothingBefore;
    }

    /**
     * Which groups are closed by the watermark.
     *
     * @param key the key that holds a window's end; -1: none is ever closed
     */
    public record Closing(int key, TimeAttribute attribute) {
        public static final Closing NEVER = new Closing(-1, TimeAttribute.NONE);
    }

    /** How many groups the step has touched so far. */
    public long touchedGroups() {
        return dirtyCount;
    }

    @Override
    public void push(Batch batch) {
        int[] rows = RowNumbers.of(batch);
        int count = batch.selectedCount();
        if (!table.isLarge()) {
            push(batch, rows, count);
            return;
        }
        for (int from = 0; from < count; from += NEAR_ROWS) {
            int part = Math.min(NEAR_ROWS, count - from);
            System.arraycopy(rows, from, near, 0, part);
            push(batch, near, part);
        }
    }

    private void push(Batch batch, int[] rows, int count) {
        int[] groups = grouping.find(table, batch, rows, count);
        if (isQuiet) {
            pieces.changing(groups, 0, count);
        } else {
            touch(groups, count);
        }
        grouping.addFound(table, batch, rows, count);
    }

    /** So many groups will be restored; before the first. */
    public void expect(long groups) {
        table.expect((int) Math.min(groups, MOST_EXPECTED));
    }

    /** From the next step on groups only take what comes: what they give is not wanted before {@link #giveAll}. Between two steps. */
    public void beQuiet() {
        isQuiet = true;
    }

    /** Gives the results of all groups that there are, as if each were new. Between two steps, or before the first. */
    public void giveAll() {
        isQuiet = false;
        int[] groups = new int[CHUNK];
        for (int from = 0; from < table.size(); from += CHUNK) {
            int count = Math.min(CHUNK, table.size() - from);
            for (int i = 0; i < count; i++) {
                groups[i] = from + i;
            }
            giveNew(groups, count);
        }
    }

    private void giveNew(int[] of, int count) {
        List<Column> results = new ArrayList<>(resultCount);
        grouping.results(table, of, 0, count, results);
        Selection living = new Selection();
        int alive = 0;
        for (int i = 0; i < count; i++) {
            if (isGlobal ? isShown : isLive(results, i)) {
                living.rows()[alive++] = i;
            }
        }
        living.count(alive);
        if (alive > 0) {
            List<Column> columns = new ArrayList<>(keyCount + resultCount - 1);
            grouping.keys(table, of, 0, count, columns);
            columns.addAll(results.subList(1, resultCount));
            output.push(new ColumnBatch(count, columns, alive == count ? null : living, null));
        }
    }

    /** Keeps what the groups give that the step has not touched yet. */
    private void touch(int[] groups, int count) {
        int from = dirtyCount;
        if (from == 0) {
            before = new RowBuffer(resultType, expectedDirty);
        }
        for (int i = 0; i < count; i++) {
            if (!isDirty.get(groups[i])) {
                isDirty.set(groups[i]);
                if (dirtyCount == dirty.length) {
                    dirty = Arrays.copyOf(dirty, dirtyCount * 2);
                }
                dirty[dirtyCount++] = groups[i];
            }
        }
        if (dirtyCount > from) {
            pieces.changing(dirty, from, dirtyCount - from);
            List<Column> results = new ArrayList<>(resultCount);
            grouping.results(table, dirty, from, dirtyCount - from, results);
            before.appendAll(new ColumnBatch(dirtyCount - from, results));
        }
    }

    @Override
    public void advance(Watermarks watermarks) {
        watermark = Math.max(
                watermark,
                closing.attribute() == TimeAttribute.EVENT_TIME
                        ? watermarks.eventTime()
                        : closing.attribute() == TimeAttribute.ROW_TIME ? watermarks.rowTime() : Watermarks.NONE);
        super.advance(watermarks);
    }

    @Override
    public void endStep() {
        if (isGlobal && !isShown && !isQuiet) {
            touch(new int[] {table.onlyGroup()}, 1);
        }
        if (dirtyCount > 0) {
            before.seal();
            for (int from = 0; from < dirtyCount; from += CHUNK) {
                emit(from, Math.min(CHUNK, dirtyCount - from));
            }
            before = nothingBefore;
            expectedDirty = dirtyCount; // steps are alike
            for (int i = 0; i < dirtyCount; i++) {
                isDirty.clear(dirty[i]);
            }
            dirtyCount = 0;
            isShown = true;
            dropGroups();
        }
        if (grouping.isSweepDue()) {
            grouping.sweep(List.of(table));
        }
        super.endStep();
    }

    /** @param from of a chunk, which lies in one block of what was before */
    private void emit(int from, int count) {
        List<Column> after = new ArrayList<>(resultCount);
        grouping.results(table, dirty, from, count, after);
        IntFunction<Column> old = before.columns(from);
        int first = before.row(from);
        Arrays.fill(differs, 0, count, false);
        for (int i = 1; i < resultCount; i++) {
            BeforeAfter.compare(old.apply(i), first, after.get(i), count, differs);
        }
        int[] picks = new int[2 * count];
        int[] groups = new int[2 * count];
        long[] weights = new long[2 * count];
        int emitted = 0;
        for (int i = 0; i < count; i++) {
            boolean was = isGlobal ? isShown : ((LongColumn) old.apply(0)).get(first + i) > 0;
            boolean is = isGlobal || isLive(after, i);
            if (was && is && !differs[i]) {
                continue;
            }
            if (was) {
                picks[emitted] = ~i;
                groups[emitted] = dirty[from + i];
                weights[emitted++] = -1;
            }
            if (is) {
                picks[emitted] = i;
                groups[emitted] = dirty[from + i];
                weights[emitted++] = 1;
            }
        }
        if (emitted > 0) {
            List<Column> columns = new ArrayList<>(keyCount + resultCount - 1);
            grouping.keys(table, groups, 0, emitted, columns);
            for (int i = 1; i < resultCount; i++) {
                columns.add(BeforeAfter.pick(resultType.type(i), old.apply(i), first, after.get(i), picks, emitted));
            }
            output.push(new ColumnBatch(emitted, columns, null, weights));
        }
    }

    private static boolean isLive(List<Column> results, int row) {
        long rows = ((LongColumn) results.get(0)).get(row);
        if (rows < 0) {
            throw io.millrace.error.MillraceException.internal("a group has lost more rows than it had");
        }
        return rows > 0;
    }

    /** Frees groups without rows and those of closed windows, when the table has doubled since that was done last. */
    private void dropGroups() {
        if (isGlobal || isSaving() || table.size() < Math.max(MIN_SWEEP, 2 * groupsAfterSweep)) {
            return;
        }
        int size = table.size();
        BitSet dead = new BitSet(size);
        int endWord = closing.key() < 0 ? -1 : grouping.keyWord(closing.key());
        for (int group = 0; group < size; group++) {
            long[] page = table.page(group);
            int at = table.at(group);
            boolean isClosed = endWord >= 0 && page[at + endWord] <= watermark;
            if (isClosed || page[at + grouping.firstAccumulatorWord()] == 0) {
                dead.set(group);
            }
        }
        if (dead.cardinality() > size / 4) {
            grouping.drop(table, dead);
            pieces.renumbered();
        }
        groupsAfterSweep = table.size();
    }

    /** The groups, and what is kept beside them. */
    public List<SavedState> states() {
        return List.copyOf(states);
    }

    private boolean isSaving() {
        for (SavedPieces each : states) {
            if (each.isSaving()) {
                return true;
            }
        }
        return false;
    }

    private void restore(StateReader in) {
        grouping.restore(table, in);
        isShown = true;
    }

    @Override
    public long stateBytes() {
        return table.bytes()
                + pieces.bytes()
                + grouping.bytes()
                + before.bytes()
                + (long) dirty.length * Integer.BYTES
                + isDirty.size() / 8
                + super.stateBytes();
    }
}
