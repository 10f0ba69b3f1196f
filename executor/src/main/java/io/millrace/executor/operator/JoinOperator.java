package io.millrace.executor.operator;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.function.Predicate;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.Expression;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKind;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Joins two bounded inputs: keeps all of the right one, which must end first, then pairs the rows of the left one with it
 * as they come. Partners are found by hash; without keys every pair of rows is tried against the residual condition, a
 * block of pairs at a time.
 *
 * <p>In terms of changes it computes A ⋈ B when all of B comes before any of A, in which case A ⋈ ΔB is empty and ΔA ⋈ B
 * is the whole result.
 */
public final class JoinOperator {
    private final JoinKind kind;
    private final @Nullable Predicate residual;
    private final Operator output;
    private final JoinTable table;
    private final PairBatch pairs;

    private final int[] firsts = new int[Column.MAX_ROWS];
    private final int[] ordinals = new int[Column.MAX_ROWS];
    private final Selection passed = new Selection();
    private final Selection kept = new Selection();
    /** Of the left rows of a batch, by their place among those that are selected. */
    private final BitSet leftMatched = new BitSet();

    private final BitSet rightMatched = new BitSet();
    private boolean isBuilt;

    public JoinOperator(Join node, ExpressionCompiler compiler, Operator output) {
        this.output = output;
        kind = node.kind();
        Expression condition = node.residual();
        residual = condition == null ? null : compiler.compilePredicate(condition);
        table = new JoinTable(node);
        pairs = new PairBatch(node.left().rowType(), node.right().rowType().size(), table.rows());
    }

    /** Takes the right input; it has to finish before the left one begins. */
    public Operator build() {
        return new BuildPort();
    }

    /** Takes the left input. */
    public Operator probe() {
        return new ProbePort();
    }

    private void probe(Batch batch) {
        table.find(batch, firsts);
        if (kind.isFilter() && residual == null) {
            filter(batch, kind == JoinKind.SEMI);
            return;
        }
        leftMatched.clear();
        pairs.reset(batch);
        int count = batch.selectedCount();
        int[] rows = RowNumbers.of(batch);
        boolean padsAtOnce = kind.keepsLeft() && residual == null;
        for (int i = 0; i < count; i++) {
            if (firsts[i] < 0 && padsAtOnce && !add(batch, i, rows[i], -1)) {
                return;
            }
            for (int partner = firsts[i]; partner >= 0; partner = table.next(partner)) {
                if (kind == JoinKind.SINGLE && residual == null && partner != firsts[i]) {
                    throw tooManyRows();
                }
                if (!add(batch, i, rows[i], partner)) {
                    return;
                }
            }
        }
        flush();
        if (kind.isFilter()) {
            filterMatched(batch);
        } else if (kind.keepsLeft() && !padsAtOnce) {
            pad(batch);
        }
    }

    /** Adds a pair; false when no more are wanted. */
    private boolean add(Batch batch, int ordinal, int leftRow, int rightRow) {
        if (pairs.isFull()) {
            flush();
            pairs.reset(batch);
            if (output.isDone()) {
                return false;
            }
        }
        ordinals[pairs.rowCount()] = ordinal;
        pairs.add(leftRow, rightRow);
        return true;
    }

    /** Tries the pairs against the residual condition, notes who has a partner, and gives out those that pass. */
    private void flush() {
        int count = pairs.rowCount();
        if (count == 0) {
            return;
        }
        if (residual == null) {
            for (int i = 0; kind.keepsRight() && i < count; i++) {
                if (pairs.rightRow(i) >= 0) {
                    rightMatched.set(pairs.rightRow(i));
                }
            }
            output.push(pairs);
            return;
        }
        residual.select(pairs, null, passed);
        for (int i = 0; i < passed.count(); i++) {
            int pair = passed.rows()[i];
            if (kind == JoinKind.SINGLE && leftMatched.get(ordinals[pair])) {
                throw tooManyRows();
            }
            leftMatched.set(ordinals[pair]);
            if (kind.keepsRight()) {
                rightMatched.set(pairs.rightRow(pair));
            }
        }
        if (!kind.isFilter() && passed.count() > 0) {
            pairs.select(passed.count() == count ? null : passed);
            output.push(pairs);
        }
    }

    private static MillraceException tooManyRows() {
        return new MillraceException(ErrorCode.TOO_MANY_ROWS, "a sub-query used as a value gave more than one row")
                .withHint("Narrow it to one row, or use IN or EXISTS.");
    }

    /** Gives the left rows that the residual condition has left without a partner. */
    private void pad(Batch batch) {
        int count = batch.selectedCount();
        int[] rows = RowNumbers.of(batch);
        pairs.reset(batch);
        for (int i = leftMatched.nextClearBit(0); i < count; i = leftMatched.nextClearBit(i + 1)) {
            pairs.add(rows[i], -1);
        }
        if (pairs.rowCount() > 0) {
            output.push(pairs);
        }
    }

    private void filterMatched(Batch batch) {
        for (int i = 0; i < batch.selectedCount(); i++) {
            firsts[i] = leftMatched.get(i) ? 0 : -1;
        }
        filter(batch, kind == JoinKind.SEMI);
    }

    private void filter(Batch batch, boolean withPartner) {
        int count = batch.selectedCount();
        int[] rows = RowNumbers.of(batch);
        int found = 0;
        for (int i = 0; i < count; i++) {
            kept.rows()[found] = rows[i];
            found += firsts[i] >= 0 == withPartner ? 1 : 0;
        }
        kept.count(found);
        if (found > 0) {
            output.push(new SelectedBatch(batch, kept));
        }
    }

    /** Gives the right rows that no left row was a partner of. */
    private void padRight() {
        int size = table.rows().size();
        pairs.reset(null);
        for (int row = rightMatched.nextClearBit(0); row < size; row = rightMatched.nextClearBit(row + 1)) {
            if (pairs.isFull()) {
                output.push(pairs);
                pairs.reset(null);
                if (output.isDone()) {
                    return;
                }
            }
            pairs.add(0, row);
        }
        if (pairs.rowCount() > 0) {
            output.push(pairs);
        }
    }

    private final class BuildPort implements Operator {
        @Override
        public void push(Batch batch) {
            table.add(batch);
        }

        @Override
        public void advance(Watermarks watermarks) {}

        @Override
        public void endStep() {}

        @Override
        public void finish() {
            table.seal();
            isBuilt = true;
        }

        @Override
        public boolean isDone() {
            return output.isDone();
        }

        @Override
        public void close() {}
    }

    private final class ProbePort extends Transform {
        ProbePort() {
            super(JoinOperator.this.output);
        }

        @Override
        public void push(Batch batch) {
            probe(batch);
        }

        /** The watermarks of one input do not hold for the pairs. */
        @Override
        public void advance(Watermarks watermarks) {}

        @Override
        public void finish() {
            if (kind.keepsRight()) {
                padRight();
            }
            super.finish();
        }

        @Override
        public boolean isDone() {
            boolean needsPartner = kind == JoinKind.INNER || kind == JoinKind.SEMI || kind == JoinKind.RIGHT;
            return super.isDone() || (isBuilt && needsPartner && table.isEmpty());
        }

        @Override
        public long stateBytes() {
            return table.bytes() + rightMatched.size() / Byte.SIZE + super.stateBytes();
        }
    }
}
