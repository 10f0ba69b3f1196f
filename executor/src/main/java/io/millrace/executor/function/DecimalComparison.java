package io.millrace.executor.function;

import io.millrace.executor.column.Int128;

/** Compares DECIMALs of one scale, of which at least one has more than 18 digits. */
final class DecimalComparison extends Condition {
    private final ComparisonOperator operator;
    private final Operand left;
    private final Operand right;

    DecimalComparison(ComparisonOperator operator, Operand left, Operand right) {
        super(left, right);
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    @Override
    int selectAll(int rowCount, int[] out) {
        int found = 0;
        for (int row = 0; row < rowCount; row++) {
            out[found] = row;
            found += test(row);
        }
        return found;
    }

    @Override
    int selectFrom(int[] in, int count, int[] out) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = in[i];
            out[found] = row;
            found += test(row);
        }
        return found;
    }

    private int test(int row) {
        return operator.test(Int128.compare(left.highAt(row), left.longAt(row), right.highAt(row), right.longAt(row)));
    }
}
