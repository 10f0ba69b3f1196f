package io.millrace.executor.function;

/** Compares two LONG columns. */
final class LongComparison extends Condition {
    private final Operand left;
    private final Operand right;
    private final boolean equality;
    private final int flip;

    private LongComparison(Operand left, Operand right, boolean equality, boolean negated) {
        super(left, right);
        this.left = left;
        this.right = right;
        this.equality = equality;
        flip = negated ? 1 : 0;
    }

    /** Everything is {@code =} or {@code <}, with the operands exchanged or the result negated. */
    static LongComparison of(ComparisonOperator operator, Operand left, Operand right) {
        return switch (operator) {
            case EQUALS -> new LongComparison(left, right, true, false);
            case NOT_EQUALS -> new LongComparison(left, right, true, true);
            case LESS -> new LongComparison(left, right, false, false);
            case LESS_OR_EQUAL -> new LongComparison(right, left, false, true);
            case GREATER -> new LongComparison(right, left, false, false);
            case GREATER_OR_EQUAL -> new LongComparison(left, right, false, true);
        };
    }

    @Override
    int selectAll(int rowCount, int[] out) {
        long[] a = left.longVector(rowCount);
        long[] b = right.longVector(rowCount);
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
        long[] a = left.longVector(rowCount);
        long[] b = right.longVector(rowCount);
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

    private static boolean isEqual(long x, long y) {
        return x == y;
    }

    private static boolean isLess(long x, long y) {
        return x < y;
    }
}
