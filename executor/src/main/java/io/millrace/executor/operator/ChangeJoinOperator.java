package io.millrace.executor.operator;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.SavedState;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.executor.function.Predicate;
import io.millrace.executor.state.KeyLayout;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.ChangeKind;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins two changing inputs: Δ(A ⋈ B) = ΔA ⋈ B + A ⋈ ΔB + ΔA ⋈ ΔB. A change is paired with what the other side has, then
 * kept, so that each pair of changes of a step is met once.
 *
 * <p>Rows that are given without partners, and those that are given only because of one, turn when the number of their
 * partners leaves 0 or comes back to it. Until the step has ended they may turn to and fro; the net change is right.
 */
public final class ChangeJoinOperator {
    private final JoinKind kind;
    private final @Nullable Predicate residual;
    private final Operator output;
    private final int[] strictLeft;
    private final int[] strictRight;
    private final JoinSide left;
    private final JoinSide right;
    private final JoinPairs pairs;
    private final JoinPairs turned;

    private final Selection passed = new Selection();
    private final int[] keyed = new int[Column.MAX_ROWS];
    private final int[] keyless = new int[Column.MAX_ROWS];
    private final int[] newest = new int[Column.MAX_ROWS];
    private final int[] ordinals = new int[Column.MAX_ROWS];
    private final long[] found = new long[Column.MAX_ROWS];
    private int keylessCount;
    private int atEndOfStep;
    private boolean hasTooMany;

    public ChangeJoinOperator(Join node, ExpressionCompiler compiler, Operator output) {
        this.output = output;
        kind = node.kind();
        Expression condition = node.residual();
        residual = condition == null ? null : compiler.compilePredicate(condition);
        List<JoinKey> keys = node.keys();
        List<DataType> leftTypes = node.left().rowType().types();
        List<DataType> rightTypes = node.right().rowType().types();
        List<DataType> keyTypes = new ArrayList<>();
        for (JoinKey key : keys) {
            boolean nullable = leftTypes.get(key.left()).nullable()
                    || rightTypes.get(key.right()).nullable();
            keyTypes.add(rightTypes.get(key.right()).withNullable(nullable));
        }
        KeyLayout layout = new KeyLayout(keyTypes);
        List<Integer> leftKeys = keys.stream().map(JoinKey::left).toList();
        List<Integer> rightKeys = keys.stream().map(JoinKey::right).toList();
        left = new JoinSide(leftTypes, layout, leftKeys, rightKeys, isChanging(node.left()));
        right = new JoinSide(rightTypes, layout, rightKeys, leftKeys, isChanging(node.right()));
        strictLeft = keys.stream()
                .filter(key -> !key.nullsEqual())
                .mapToInt(JoinKey::left)
                .toArray();
        strictRight = keys.stream()
                .filter(key -> !key.nullsEqual())
                .mapToInt(JoinKey::right)
                .toArray();
        List<DataType> types = new ArrayList<>(leftTypes);
        types.addAll(rightTypes);
        pairs = new JoinPairs(types, leftTypes.size(), node.rowType().size());
        turned = new JoinPairs(types, leftTypes.size(), node.rowType().size());
    }

    private static boolean isChanging(io.millrace.plan.PlanNode node) {
        return ChangeKind.of(node) == ChangeKind.CHANGE;
    }

    public Operator left() {
        return new Port(true);
    }

    /** By it the operators downstream are counted and closed. */
    public Operator right() {
        return new Port(false);
    }

    /** What it holds: the rows of both sides. */
    public List<SavedState> states() {
        return List.of(left.state(), right.state());
    }

    /** Whether rows of a side are given, or not given, because they have no partner. */
    private boolean counts(boolean isLeft) {
        return isLeft ? kind.keepsLeft() || kind.isFilter() : kind.keepsRight();
    }

    private void take(Batch batch, boolean isLeft) {
        JoinSide own = isLeft ? left : right;
        JoinSide other = isLeft ? right : left;
        int count = withoutNulls(batch, isLeft ? strictLeft : strictRight);
        other.find(batch, keyed, count, newest);
        java.util.Arrays.fill(found, 0, count, 0);
        pairs.reset(batch, other.rows(), isLeft);
        long[] weights = batch.weights();
        for (int i = 0; i < count; i++) {
            long weight = weights == null ? 1 : weights[keyed[i]];
            for (int partner = newest[i]; partner >= 0; partner = other.next(partner)) {
                if (other.weight(partner) == 0) {
                    continue;
                }
                if (pairs.isFull()) {
                    flush(batch, other, isLeft);
                }
                ordinals[pairs.rowCount()] = i;
                pairs.add(keyed[i], partner, weight * other.weight(partner));
            }
        }
        flush(batch, other, isLeft);
        if (counts(isLeft)) {
            giveOwn(batch, count, isLeft, weights);
        }
        own.add(batch, keyed, count, found);
    }

    /** Tries pairs against the residual condition, counts partners, and gives out those that pass. */
    private void flush(Batch batch, JoinSide other, boolean isLeft) {
        int count = pairs.rowCount();
        if (count == 0) {
            return;
        }
        boolean isAll = residual == null;
        if (residual != null) {
            residual.select(pairs, null, passed);
            isAll = passed.count() == count;
        }
        int passing = isAll ? count : passed.count();
        if (passing > 0) {
            if (!kind.isFilter()) {
                pairs.select(isAll ? null : passed);
                output.push(pairs);
            }
            long[] weights = batch.weights();
            turned.reset(null, other.rows(), isLeft);
            for (int i = 0; i < passing; i++) {
                int pair = isAll ? i : passed.rows()[i];
                int partner = pairs.keptRow(pair);
                found[ordinals[pair]] += other.weight(partner);
                if (counts(!isLeft)) {
                    int row = keyed[ordinals[pair]];
                    turn(other, partner, weights == null ? 1 : weights[row], isLeft);
                }
            }
            flushTurned();
        }
        pairs.reset(batch, other.rows(), isLeft);
    }

    /** A kept row has got, or lost, partners. */
    private void turn(JoinSide side, int row, long change, boolean isChangedLeft) {
        long before = side.matches(row);
        side.match(row, change);
        long after = side.matches(row);
        if (kind == JoinKind.SINGLE && after > 1) {
            hasTooMany = true;
        }
        if (before > 0 == after > 0) {
            return;
        }
        boolean isGivenWithPartner = kind == JoinKind.SEMI;
        boolean comes = after > 0 == isGivenWithPartner;
        if (turned.isFull()) {
            flushTurned();
            turned.reset(null, side.rows(), isChangedLeft);
        }
        turned.add(0, row, comes ? side.weight(row) : -side.weight(row));
    }

    private void flushTurned() {
        if (turned.rowCount() > 0) {
            output.push(turned);
        }
    }

    /** Gives changed rows that are given for their own sake: those without partners, or with one. */
    private void giveOwn(Batch batch, int count, boolean isLeft, long @Nullable [] weights) {
        pairs.reset(batch, null, isLeft);
        for (int i = 0; i < count; i++) {
            if (kind == JoinKind.SINGLE && found[i] > 1) {
                hasTooMany = true;
            }
            if (found[i] > 0 == (kind == JoinKind.SEMI)) {
                pairs.add(keyed[i], -1, weights == null ? 1 : weights[keyed[i]]);
            }
        }
        if (pairs.rowCount() > 0) {
            output.push(pairs);
        }
        if (kind != JoinKind.SEMI && keylessCount > 0) {
            pairs.reset(batch, null, isLeft);
            for (int i = 0; i < keylessCount; i++) {
                pairs.add(keyless[i], -1, weights == null ? 1 : weights[keyless[i]]);
            }
            output.push(pairs);
        }
    }

    /** Parts the selected rows into those that may have partners and those of which a key is NULL; returns how many may. */
    private int withoutNulls(Batch batch, int[] keys) {
        int count = batch.selectedCount();
        int[] selected = RowNumbers.of(batch);
        int kept = 0;
        keylessCount = 0;
        for (int i = 0; i < count; i++) {
            int row = selected[i];
            boolean isNull = false;
            for (int key : keys) {
                isNull |= batch.column(key).isNull(row);
            }
            if (isNull) {
                keyless[keylessCount++] = row;
            } else {
                keyed[kept++] = row;
            }
        }
        return kept;
    }

    /** A sub-query that is a value may have had several rows for a moment only. */
    private void checkSingle() {
        if (!hasTooMany) {
            return;
        }
        hasTooMany = false;
        for (int row = 0; row < left.rows().rowCount(); row++) {
            if (left.weight(row) > 0 && left.matches(row) > 1) {
                throw new MillraceException(
                                ErrorCode.TOO_MANY_ROWS, "a sub-query used as a value gave more than one row")
                        .withHint("Narrow it to one row, or use IN or EXISTS.");
            }
        }
    }

    private final class Port extends Transform {
        private final boolean isLeft;

        Port(boolean isLeft) {
            super(ChangeJoinOperator.this.output);
            this.isLeft = isLeft;
        }

        @Override
        public void push(Batch batch) {
            take(batch, isLeft);
        }

        /** The watermarks of one input do not hold for both. */
        @Override
        public void advance(Watermarks watermarks) {}

        @Override
        public void endStep() {
            if (++atEndOfStep == 2) {
                atEndOfStep = 0;
                checkSingle();
                left.endStep();
                right.endStep();
                super.endStep();
            }
        }

        @Override
        public long stateBytes() {
            return isLeft ? 0 : left.bytes() + right.bytes() + super.stateBytes();
        }

        @Override
        public void close() {
            if (!isLeft) {
                super.close();
            }
        }
    }
}
