package io.millrace.executor.function;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** + - * / on DOUBLE and REAL, as IEEE 754 has them. */
final class DoubleArithmetic extends StrictEvaluator {
    private final ScalarFunction function;
    private final Operand left;
    private final Operand right;

    private double[] values = {};
    private final DoubleColumn result = new DoubleColumn(values, null, 0);

    DoubleArithmetic(ScalarFunction function, DataType type, Operand left, Operand right) {
        super(type, left, right);
        this.function = function;
        this.left = left;
        this.right = right;
    }

    @Override
    Column compute(int rows, @Nullable Selection selection, long @Nullable [] nulls) {
        if (values.length < rows) {
            values = new double[rows];
        }
        double[] a = left.doubleVector(rows);
        double[] b = right.doubleVector(rows);
        switch (function) {
            case ADD -> {
                for (int row = 0; row < rows; row++) {
                    values[row] = a[row] + b[row];
                }
            }
            case SUBTRACT -> {
                for (int row = 0; row < rows; row++) {
                    values[row] = a[row] - b[row];
                }
            }
            case MULTIPLY -> {
                for (int row = 0; row < rows; row++) {
                    values[row] = a[row] * b[row];
                }
            }
            case DIVIDE -> {
                for (int row = 0; row < rows; row++) {
                    values[row] = a[row] / b[row];
                }
            }
            default -> {
                for (int row = 0; row < rows; row++) {
                    values[row] = a[row] % b[row];
                }
            }
        }
        if (type().kind() == DataType.Kind.REAL) {
            for (int row = 0; row < rows; row++) {
                values[row] = (float) values[row];
            }
        }
        result.reset(values, nulls, rows);
        return result;
    }
}
