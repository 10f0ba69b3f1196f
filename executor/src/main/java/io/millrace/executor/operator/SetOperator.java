package io.millrace.executor.operator;

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
import java.util.List;
import java.util.stream.IntStream;

/**
 * INTERSECT and EXCEPT of bounded inputs: counts each distinct row of the left one, which must end first, then those of
 * the right one that are among them, and gives at the end as many of each as the counts say, in the order of the left.
 */
public final class SetOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    private final SetOperation node;
    private final Operator output;
    private final StringInterner interner = new StringInterner();
    private final KeyEncoder leftEncoder;
    private final KeyEncoder rightEncoder;
    private final KeyDecoder decoder;
    private final KeyWords words;
    private final GroupTable table;
    private final int counts;
    private final int[] groups = new int[Column.MAX_ROWS];

    public SetOperator(SetOperation node, Operator output) {
        this.node = node;
        this.output = output;
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < node.rowType().size(); i++) {
            boolean nullable = node.left().rowType().type(i).nullable()
                    || node.right().rowType().type(i).nullable();
            types.add(node.rowType().type(i).withNullable(nullable));
        }
        KeyLayout layout = new KeyLayout(types);
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        leftEncoder = new KeyEncoder(layout, columns, interner);
        rightEncoder = KeyEncoder.forSearch(layout, columns, interner);
        decoder = new KeyDecoder(layout, interner);
        counts = layout.width();
        words = new KeyWords(layout.width());
        table = new GroupTable(layout.width(), 2);
    }

    /** Takes the left input; it has to finish before the right one begins. */
    public Operator left() {
        return new LeftPort();
    }

    /** Takes the right input. */
    public Operator right() {
        return new RightPort();
    }

    private void count(int count, int side) {
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            if (group >= 0) {
                table.page(group)[table.at(group) + counts + side]++;
            }
        }
    }

    /** How often a row is in the result. */
    private long weight(int group) {
        long left = table.page(group)[table.at(group) + counts + LEFT];
        long right = table.page(group)[table.at(group) + counts + RIGHT];
        long weight = node.kind() == SetOperation.Kind.INTERSECT
                ? Math.min(left, right)
                : node.all() || right == 0 ? left - right : 0;
        return node.all() ? Math.max(0, weight) : Math.min(1, weight);
    }

    private void emit() {
        int[] given = new int[Column.MAX_ROWS];
        int count = 0;
        for (int group = 0; group < table.size(); group++) {
            for (long left = weight(group); left > 0; left--) {
                given[count++] = group;
                if (count == Column.MAX_ROWS) {
                    emit(given, count);
                    count = 0;
                    if (output.isDone()) {
                        return;
                    }
                }
            }
        }
        if (count > 0) {
            emit(given, count);
        }
    }

    private void emit(int[] given, int count) {
        List<Column> columns = new ArrayList<>();
        decoder.decode(table, given, 0, count, columns);
        output.push(new ColumnBatch(count, columns));
    }

    private final class LeftPort implements Operator {
        @Override
        public void push(Batch batch) {
            int count = batch.selectedCount();
            leftEncoder.encode(batch, RowNumbers.of(batch), count, words);
            table.findOrAdd(words, count, groups);
            count(count, LEFT);
        }

        @Override
        public void advance(Watermarks watermarks) {}

        @Override
        public void endStep() {}

        @Override
        public void finish() {}

        @Override
        public boolean isDone() {
            return output.isDone();
        }

        @Override
        public void close() {}
    }

    private final class RightPort extends Transform {
        RightPort() {
            super(SetOperator.this.output);
        }

        @Override
        public void push(Batch batch) {
            int count = batch.selectedCount();
            rightEncoder.encode(batch, RowNumbers.of(batch), count, words);
            table.find(words, count, groups);
            count(count, RIGHT);
        }

        @Override
        public void advance(Watermarks watermarks) {}

        @Override
        public void finish() {
            emit();
            super.finish();
        }

        @Override
        public boolean isDone() {
            return super.isDone() || table.size() == 0;
        }

        @Override
        public long stateBytes() {
            return table.bytes() + interner.bytes() + super.stateBytes();
        }
    }
}
