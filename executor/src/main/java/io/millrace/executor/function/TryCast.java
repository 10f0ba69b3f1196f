package io.millrace.executor.function;

import io.millrace.error.ErrorKind;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.Selection;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TRY_CAST: as CAST, but NULL where that fails. Rows that fail are found by halving, so that few cost little. */
final class TryCast implements Evaluator {
    private final DataType type;
    private final Evaluator source;
    private final Evaluator cast;
    private final ColumnBuilder builder;

    private Selection rows = new Selection(0);
    private Selection part = new Selection(0);

    TryCast(Call call, ExpressionCompiler compiler) {
        type = call.type();
        source = compiler.build(call.arguments().get(0));
        cast = Casts.cast(new Operand(new ColumnEvaluator(0, source.type())), type);
        builder = ColumnBuilder.of(type);
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        Column values = source.evaluate(batch, selection);
        ColumnBatch input = new ColumnBatch(batch.rowCount(), List.of(values));
        try {
            return cast.evaluate(input, selection);
        } catch (MillraceException failure) {
            requireUserError(failure);
        }
        rows = Selections.ensure(rows, batch.rowCount());
        part = Selections.ensure(part, batch.rowCount());
        Selections.copy(selection, batch.rowCount(), rows);
        int done = convert(input, 0, rows.count(), 0);
        fillTo(batch.rowCount(), done);
        return builder.build();
    }

    /** Appends the selected rows from {@code first} to {@code end}; returns the row after the last appended. */
    private int convert(ColumnBatch input, int first, int end, int done) {
        if (first == end) {
            return done;
        }
        System.arraycopy(rows.rows(), first, part.rows(), 0, end - first);
        part.count(end - first);
        Column converted;
        try {
            converted = cast.evaluate(input, part);
        } catch (MillraceException failure) {
            requireUserError(failure);
            if (end - first == 1) {
                int row = rows.rows()[first];
                fillTo(row, done);
                builder.appendNull();
                return row + 1;
            }
            int middle = (first + end) >>> 1;
            return convert(input, middle, end, convert(input, first, middle, done));
        }
        int next = done;
        for (int i = first; i < end; i++) {
            int row = rows.rows()[i];
            fillTo(row, next);
            builder.append(converted, row);
            next = row + 1;
        }
        return next;
    }

    private static void requireUserError(MillraceException failure) {
        if (failure.code().kind() != ErrorKind.USER) {
            throw failure;
        }
    }

    /** Rows that are not selected. */
    private void fillTo(int row, int done) {
        for (int i = done; i < row; i++) {
            builder.appendNull();
        }
    }
}
