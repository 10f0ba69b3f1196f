package io.millrace.executor.function;

import java.util.Arrays;

/** Compares strings by their unsigned bytes; without their trailing blanks if one of them is a CHAR. */
final class TextComparison extends Condition {
    private final ComparisonOperator operator;
    private final Operand left;
    private final Operand right;
    private final boolean padded;

    TextComparison(ComparisonOperator operator, Operand left, Operand right, boolean padded) {
        super(left, right);
        this.operator = operator;
        this.left = left;
        this.right = right;
        this.padded = padded;
    }

    @Override
    int selectAll(int rowCount, int[] out) {
        int found = 0;
        for (int row = 0; row < rowCount; row++) {
            out[found] = row;
            found += operator.test(order(row));
        }
        return found;
    }

    @Override
    int selectFrom(int[] in, int count, int[] out) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            int row = in[i];
            out[found] = row;
            found += operator.test(order(row));
        }
        return found;
    }

    private int order(int row) {
        byte[] a = left.bytes;
        byte[] b = right.bytes;
        int aStart = left.start(row);
        int bStart = right.start(row);
        int aEnd = left.end(row);
        int bEnd = right.end(row);
        if (padded) {
            aEnd = Utf8.trimmedEnd(a, aStart, aEnd);
            bEnd = Utf8.trimmedEnd(b, bStart, bEnd);
        }
        if (operator.isEquality()) {
            boolean equal = aEnd - aStart == bEnd - bStart && Arrays.equals(a, aStart, aEnd, b, bStart, bEnd);
            return equal ? 0 : 1;
        }
        return Arrays.compareUnsigned(a, aStart, aEnd, b, bStart, bEnd);
    }
}
