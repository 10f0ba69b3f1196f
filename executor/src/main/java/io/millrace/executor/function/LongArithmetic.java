package io.millrace.executor.function;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * Addition, subtraction and multiplication of integers. The loops have no branch: they gather the overflow of all rows,
 * and only when there is one look for a row that counts.
 */
final class LongArithmetic extends StrictEvaluator {
    private final ScalarFunction function;
    private final Operand left;
    private final Operand right;
    /** The bits of a long that the result type has not. */
    private final int shift;

    private final ActiveRows active = new ActiveRows();
    private long[] values = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    LongArithmetic(ScalarFunction function, DataType type, Operand left, Operand right) {
        super(type, left, right);
        this.function = function;
        boolean exchange = left.constant && function != ScalarFunction.SUBTRACT;
        this.left = exchange ? right : left;
        this.right = exchange ? left : right;
        shift = shift(type);
    }

    static int shift(DataType type) {
        return switch (type.kind()) {
            case TINYINT -> 56;
            case SMALLINT -> 48;
            case INTEGER -> 32;
            default -> 0;
        };
    }

    @Override
    Column compute(int rows, @Nullable Selection selection, long @Nullable [] nulls) {
        if (values.length < rows) {
            values = new long[rows];
        }
        boolean sparse = selection != null && selection.count() < rows / 4;
        if (sparse || overflows(rows)) {
            computeChecked(rows, selection, nulls);
        }
        result.reset(values, nulls, rows);
        return result;
    }

    private boolean overflows(int rows) {
        boolean plain = right.constant && !left.constant;
        return switch (function) {
            case ADD -> plain ? add(rows, right.longAt(0)) : add(rows);
            case SUBTRACT -> plain ? subtract(rows, right.longAt(0)) : subtract(rows);
            default -> multiply(rows);
        };
    }

    private boolean add(int rows, long b) {
        long[] as = left.longVector(rows);
        long bad = 0;
        for (int row = 0; row < rows; row++) {
            long a = as[row];
            long sum = a + b;
            values[row] = sum;
            bad |= (((a ^ sum) & (b ^ sum)) >> 63) | (((sum << shift) >> shift) ^ sum);
        }
        return bad != 0;
    }

    private boolean add(int rows) {
        long[] as = left.longVector(rows);
        long[] bs = right.longVector(rows);
        long bad = 0;
        for (int row = 0; row < rows; row++) {
            long a = as[row];
            long b = bs[row];
            long sum = a + b;
            values[row] = sum;
            bad |= (((a ^ sum) & (b ^ sum)) >> 63) | (((sum << shift) >> shift) ^ sum);
        }
        return bad != 0;
    }

    private boolean subtract(int rows, long b) {
        long[] as = left.longVector(rows);
        long bad = 0;
        for (int row = 0; row < rows; row++) {
            long a = as[row];
            long difference = a - b;
            values[row] = difference;
            bad |= (((a ^ b) & (a ^ difference)) >> 63) | (((difference << shift) >> shift) ^ difference);
        }
        return bad != 0;
    }

    private boolean subtract(int rows) {
        long[] as = left.longVector(rows);
        long[] bs = right.longVector(rows);
        long bad = 0;
        for (int row = 0; row < rows; row++) {
            long a = as[row];
            long b = bs[row];
            long difference = a - b;
            values[row] = difference;
            bad |= (((a ^ b) & (a ^ difference)) >> 63) | (((difference << shift) >> shift) ^ difference);
        }
        return bad != 0;
    }

    private boolean multiply(int rows) {
        long[] as = left.longVector(rows);
        long[] bs = right.longVector(rows);
        long bad = 0;
        for (int row = 0; row < rows; row++) {
            long a = as[row];
            long b = bs[row];
            long product = a * b;
            values[row] = product;
            bad |= (Math.multiplyHigh(a, b) ^ (product >> 63)) | (((product << shift) >> shift) ^ product);
        }
        return bad != 0;
    }

    private void computeChecked(int rows, @Nullable Selection selection, long @Nullable [] nulls) {
        active.find(rows, selection, nulls);
        for (int i = 0; i < active.count; i++) {
            int row = active.rows[i];
            values[row] = checked(left.longAt(row), right.longAt(row));
        }
    }

    private long checked(long a, long b) {
        try {
            long value = switch (function) {
                case ADD -> Math.addExact(a, b);
                case SUBTRACT -> Math.subtractExact(a, b);
                default -> Math.multiplyExact(a, b);
            };
            return Numbers.narrow(value, type());
        } catch (ArithmeticException overflow) {
            throw EvaluationErrors.outOfRange(type());
        }
    }
}
