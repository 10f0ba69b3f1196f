package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COALESCE: each argument is computed where those before are NULL. */
final class CoalesceEvaluator implements Evaluator {
    private final DataType type;
    private final List<Evaluator> arguments;
    private final Branches branches;

    private Selection remaining = new Selection(0);
    private Selection present = new Selection(0);

    CoalesceEvaluator(Call call, ExpressionCompiler compiler) {
        type = call.type();
        arguments = call.arguments().stream()
                .map(argument -> CaseEvaluator.result(argument, call.type(), compiler))
                .toList();
        branches = new Branches(type, arguments.size());
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        int rows = batch.rowCount();
        remaining = Selections.ensure(remaining, rows);
        present = Selections.ensure(present, rows);
        Selections.copy(selection, rows, remaining);
        branches.start(rows);
        for (int i = 0; i < arguments.size() && remaining.count() > 0; i++) {
            Column column = arguments.get(i).evaluate(batch, remaining);
            Selections.copy(remaining, rows, present);
            Selections.dropNulls(present, column.nulls());
            branches.take(i, column, present);
            Selections.subtract(remaining, present);
        }
        return branches.finish();
    }
}
