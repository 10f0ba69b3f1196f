package io.millrace.executor.function;

/** Compares DOUBLEs: NaN equals NaN and is greater than all other numbers, the zeros are equal. */
@SuppressWarnings("IdentityBinaryExpression") // x != x is NaN, without a branch
final class DoubleComparison extends Condition {
    private final Operand left;
    private final Operand right;
    private final boolean equality;
    private final int flip;

    private DoubleComparison(Operand left, Operand right, boolean equality, boolean negated) {
        super(left, right);
        this.left = left;
        this.right = right;
        this.equality = equality;
        flip = negated ? 1 : 0;
    }

    /** Everything is {@code =} or {@code <}, with the operands exchanged or the result negated. */
    static DoubleComparison of(ComparisonOperator operator, Operand left, Operand right) {
        return switch (operator) {
            case EQUALS -> new DoubleComparison(left, right, true, false);
            case NOT_EQUALS -> new DoubleComparison(left, right, true, true);
            case LESS -> new DoubleComparison(left, right, false, false);
            case LESS_OR_EQUAL -> new DoubleComparison(right, left, false, true);
            case GREATER -> new DoubleComparison(right, left, false, false);
            case GREATER_OR_EQUAL -> new DoubleComparison(left, right, false, true);
        };
    }

    @Override
    int selectAll(int rowCount, int[] out) {
        double[] a = left.doubleVector(rowCount);
        double[] b = right.doubleVector(rowCount);
        int found = 0;
        if (equality) {
            for (int row = 0; row < rowCount; row++) {
                out[found] = row;
                found += (isEqual(a[row], b[row]) ? 1 : 0) ^ flip;
            }
        } else {
            for (int row = 0; row < rowCount; row++) {
                out[found] = row;
                found += (isLess(a[row], b[row]) ? 1 : 0) ^ flip;
            }
        }
        return found;
    }

    @Override
    int selectFrom(int[] in, int count, int[] out) {
        int rowCount = count == 0 ? 0 : in[count - 1] + 1;
        double[] a = left.doubleVector(rowCount);
        double[] b = right.doubleVector(rowCount);
        int found = 0;
        if (equality) {
            for (int i = 0; i < count; i++) {
                int row = in[i];
                out[found] = row;
                found += (isEqual(a[row], b[row]) ? 1 : 0) ^ flip;
            }
        } else {
            for (int i = 0; i < count; i++) {
                int row = in[i];
                out[found] = row;
                found += (isLess(a[row], b[row]) ? 1 : 0) ^ flip;
            }
        }
        return found;
    }

    private static boolean isEqual(double x, double y) {
        return (x == y) | ((x != x) & (y != y));
    }

    private static boolean isLess(double x, double y) {
        return (x < y) | ((y != y) & (x == x));
    }
}
