package io.millrace.executor.operator;

import io.millrace.executor.checkpoint.SavedPieces;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.checkpoint.StateReader;
import io.millrace.executor.checkpoint.StateWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.state.GroupTable;
import io.millrace.executor.state.KeyDecoder;
import io.millrace.executor.state.KeyEncoder;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.state.KeyWords;
import io.millrace.executor.state.StringInterner;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.DataType;
import io.millrace.plan.SetOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * INTERSECT and EXCEPT of changing inputs: counts how often each row is on either side, and gives at the end of a step by how
 * much its weight in the result has changed.
 */
public final class ChangeSetOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int GIVEN = 2;
    private static final int WORDS = 3;
    private static final int MIN_SWEEP = 1024;

    private final SetOperation node;
    private final List<DataType> types;
    private final Operator output;
    private final StringInterner interner = new StringInterner();
    private final KeyLayout layout;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final KeyWords words;
    private final GroupTable table;
    private final int counts;
    private final int[] groups = new int[Column.MAX_ROWS];

    private int[] dirty = new int[64];
    private int dirtyCount;
    private final BitSet isDirty = new BitSet();
    private int atEndOfStep;
    private int groupsAfterSweep;
    private final SavedPieces pieces;

    public ChangeSetOperator(SetOperation node, Operator output) {
        this.node = node;
        this.output = output;
        types = new ArrayList<>();
        for (int i = 0; i < node.rowType().size(); i++) {
            boolean nullable = node.left().rowType().type(i).nullable()
                    || node.right().rowType().type(i).nullable();
            types.add(node.rowType().type(i).withNullable(nullable));
        }
        layout = new KeyLayout(types);
        encoder =
                new KeyEncoder(layout, IntStream.range(0, types.size()).boxed().toList(), interner);
        decoder = new KeyDecoder(layout, interner);
        counts = layout.width();
        words = new KeyWords(layout.width());
        table = new GroupTable(layout.width(), WORDS);
        pieces = new SavedPieces(Column.MAX_ROWS, table::size, this::write, this::restore);
    }

    public Operator left() {
        return new Port(LEFT);
    }

    /** By it the operators downstream are counted and closed. */
    public Operator right() {
        return new Port(RIGHT);
    }

    private void add(Batch batch, int side) {
        int count = batch.selectedCount();
        int[] rows = RowNumbers.of(batch);
        long[] weights = batch.weights();
        encoder.encode(batch, rows, count, words);
        table.findOrAdd(words, count, groups);
        pieces.changing(groups, 0, count);
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            table.page(group)[table.at(group) + counts + side] += weights == null ? 1 : weights[rows[i]];
            if (!isDirty.get(group)) {
                isDirty.set(group);
                if (dirtyCount == dirty.length) {
                    dirty = Arrays.copyOf(dirty, dirtyCount * 2);
                }
                dirty[dirtyCount++] = group;
            }
        }
    }

    /** How often a row is in the result. */
    private long weight(long left, long right) {
        long weight = node.kind() == SetOperation.Kind.INTERSECT
                ? Math.min(left, right)
                : node.all() || right == 0 ? left - right : 0;
        return node.all() ? Math.max(0, weight) : Math.min(1, weight);
    }

    private void emit() {
        int[] given = new int[Column.MAX_ROWS];
        long[] weights = new long[Column.MAX_ROWS];
        int count = 0;
        for (int i = 0; i < dirtyCount; i++) {
            int group = dirty[i];
            isDirty.clear(group);
            long[] page = table.page(group);
            int at = table.at(group) + counts;
            long now = weight(page[at + LEFT], page[at + RIGHT]);
            if (now != page[at + GIVEN]) {
                given[count] = group;
                weights[count++] = now - page[at + GIVEN];
                page[at + GIVEN] = now;
            }
            if (count == Column.MAX_ROWS || (i == dirtyCount - 1 && count > 0)) {
                List<Column> columns = new ArrayList<>();
                decoder.decode(table, given, 0, count, columns);
                output.push(new ColumnBatch(count, columns, null, weights.clone()));
                count = 0;
            }
        }
        dirtyCount = 0;
        dropGroups();
    }

    /** Frees rows that are on neither side, when the table has doubled since that was done last. */
    private void dropGroups() {
        int size = table.size();
        if (pieces.isSaving() || size < Math.max(MIN_SWEEP, 2 * groupsAfterSweep)) {
            return;
        }
        BitSet dead = new BitSet(size);
        for (int group = 0; group < size; group++) {
            long[] page = table.page(group);
            int at = table.at(group) + counts;
            if (page[at + LEFT] == 0 && page[at + RIGHT] == 0) {
                dead.set(group);
            }
        }
        if (dead.cardinality() > size / 4) {
            table.compact(dead);
            pieces.renumbered();
        }
        groupsAfterSweep = table.size();
        if (interner.isSweepDue()) {
            interner.beginMark();
            layout.mark(table, interner);
            interner.sweep();
        }
    }

    /** The rows, and how often they are on either side. */
    public SavedState state() {
        return pieces;
    }

    private void write(int[] of, int count, StateWriter out) {
        List<Column> columns = new ArrayList<>();
        decoder.decode(table, of, 0, count, columns);
        out.count(count);
        columns.forEach(out::column);
        for (int i = 0; i < count; i++) {
            out.numbers(table.page(of[i]), table.at(of[i]) + counts, WORDS);
        }
    }

    private void restore(StateReader in) {
        int count = in.count();
        List<Column> columns = new ArrayList<>();
        for (DataType type : types) {
            columns.add(in.column(type));
        }
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        encoder.encode(new ColumnBatch(count, columns), all, count, words);
        table.findOrAdd(words, count, groups);
        for (int i = 0; i < count; i++) {
            in.numbers(table.page(groups[i]), table.at(groups[i]) + counts, WORDS);
        }
    }

    private final class Port extends Transform {
        private final int side;

        Port(int side) {
            super(ChangeSetOperator.this.output);
            this.side = side;
        }

        @Override
        public void push(Batch batch) {
            add(batch, side);
        }

        /** The watermarks of one input do not hold for both. */
        @Override
        public void advance(Watermarks watermarks) {}

        @Override
        public void endStep() {
            if (++atEndOfStep == 2) {
                atEndOfStep = 0;
                emit();
                super.endStep();
            }
        }

        @Override
        public long stateBytes() {
            return side == LEFT ? 0 : pieces.bytes() + table.bytes() + interner.bytes() + super.stateBytes();
        }

        @Override
        public void close() {
            if (side == RIGHT) {
                super.close();
            }
        }
    }
}
