package io.millrace.server.connector;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.function.Evaluator;
import io.millrace.executor.function.ExpressionCompiler;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.DataType;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of rows as text, as the shell writes them. For one thread. */
final class RowTexts {
    private final List<DataType> types;
    private final List<Evaluator> evaluators = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    RowTexts(List<DataType> types) {
        this.types = List.copyOf(types);
        ExpressionCompiler compiler = new ExpressionCompiler(() -> 0);
        for (int i = 0; i < types.size(); i++) {
            ColumnReference column = new ColumnReference(i, types.get(i));
            evaluators.add(compiler.compile(
                    isRead(types.get(i)) ? column : Call.of(ScalarFunction.CAST, DataType.varchar(), column)));
        }
    }

    /** Whether the column itself is read; others are cast, a batch at a time. */
    private static boolean isRead(DataType type) {
        return type.isCharacter() || type.isApproximate() || type.kind() == DataType.Kind.BOOLEAN;
    }

    /** Goes on to another batch. */
    void reset(Batch rows) {
        columns.clear();
        evaluators.forEach(evaluator -> columns.add(evaluator.evaluate(rows, rows.selection())));
    }

    /** The value of a row that is selected; null when it is NULL. */
    @Nullable
    String text(int column, int row) {
        Column values = columns.get(column);
        if (values.isNull(row)) {
            return null;
        }
        if (values instanceof StringColumn strings) {
            return strings.string(row);
        }
        if (values instanceof DoubleColumn doubles) {
            double value = doubles.get(row);
            return types.get(column).kind() == DataType.Kind.REAL
                    ? Float.toString((float) value)
                    : Double.toString(value);
        }
        return Boolean.toString(((LongColumn) values).get(row) != 0);
    }
}
