package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.NullBits;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AND and OR as values: each argument is computed for the rows that the ones before have not decided. */
final class JunctionEvaluator implements Evaluator {
    private final List<Evaluator> arguments;
    /** What decides the whole when one argument has it: true for OR. */
    private final long decisive;

    private Selection open = new Selection(0);
    private long[] values = {};
    private long[] nulls = {};
    private final LongColumn result = new LongColumn(values, null, 0);

    JunctionEvaluator(List<Evaluator> arguments, boolean decisive) {
        this.arguments = arguments;
        this.decisive = decisive ? 1 : 0;
    }

    @Override
    public DataType type() {
        return DataType.of(DataType.Kind.BOOLEAN);
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        int rows = batch.rowCount();
        open = Selections.ensure(open, rows);
        if (values.length < rows) {
            values = new long[rows];
        }
        nulls = NullBits.ensure(nulls, rows);
        Arrays.fill(values, 0, rows, 1 - decisive);
        Arrays.fill(nulls, 0, NullBits.words(rows), 0);
        Selections.copy(selection, rows, open);
        boolean anyNull = false;
        for (Evaluator argument : arguments) {
            if (open.count() == 0) {
                break;
            }
            anyNull |= narrow((LongColumn) argument.evaluate(batch, open));
        }
        result.reset(values, anyNull ? nulls : null, rows);
        return result;
    }

    /** Keeps open the rows that the argument does not decide; returns whether it has any NULL. */
    private boolean narrow(LongColumn argument) {
        long[] truth = argument.values();
        int[] rows = open.rows();
        int kept = 0;
        boolean hasNulls = argument.hasNulls();
        for (int i = 0; i < open.count(); i++) {
            int row = rows[i];
            if (hasNulls && argument.isNull(row)) {
                NullBits.set(nulls, row);
            } else if (truth[row] == decisive) {
                values[row] = decisive;
                NullBits.clear(nulls, row);
                continue;
            }
            rows[kept++] = row;
        }
        open.count(kept);
        return hasNulls;
    }
}
