package io.millrace.executor.function;

import io.millrace.executor.column.ArrayReader;
import io.millrace.executor.column.ArrayWriter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.NullBits;
import io.millrace.executor.column.Selection;
import io.millrace.executor.work.QueryScope;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of a value with any, or with all, elements of an array: of none, the one is false and the other true; else
 * NULL counts as unknown.
 */
final class ArrayQuantifier implements Evaluator {
    private final DataType type;
    private final ComparisonOperator operator;
    private final boolean isAny;
    private final Operand value;
    private final Operand array;
    private final ArrayReader reader;
    private final ArrayWriter single;
    private final ActiveRows active = new ActiveRows();

    private long[] values = {};
    private long[] nulls = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    ArrayQuantifier(Call call, ExpressionCompiler compiler) {
        type = call.type();
        isAny = call.function() == ScalarFunction.ARRAY_ANY;
        Operand[] operands = compiler.operands(call);
        operator = ComparisonOperator.of(ScalarFunction.valueOf(operands[0].text(0)));
        value = operands[1];
        array = operands[2];
        reader = new ArrayReader(array.type.elementType());
        single = new ArrayWriter(array.type.elementType());
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        int rows = batch.rowCount();
        value.load(batch, selection);
        array.load(batch, selection);
        values = values.length < rows ? new long[rows] : values;
        nulls = NullBits.ensure(nulls, rows);
        NullBits.clearFrom(nulls, 0);
        active.find(rows, selection, null);
        for (int i = 0; i < active.count; i++) {
            QueryScope.checkRow(i);
            evaluate(active.rows[i]);
        }
        result.reset(values, NullBits.any(nulls, rows) ? nulls : null, rows);
        return result;
    }

    private void evaluate(int row) {
        if (array.isNull(row)) {
            NullBits.set(nulls, row);
            return;
        }
        values[row] = isAny ? 0 : 1;
        reader.reset(array.bytes, array.start(row), array.end(row));
        single.clear();
        value.appendTo(single, row);
        boolean isUnknown = false;
        while (reader.next()) {
            if (reader.isNull() || value.isNull(row)) {
                isUnknown = true;
            } else if ((operator.test(-reader.compareTo(single)) == 1) == isAny) {
                values[row] = isAny ? 1 : 0;
                return;
            }
        }
        if (isUnknown) {
            NullBits.set(nulls, row);
        }
    }
}
