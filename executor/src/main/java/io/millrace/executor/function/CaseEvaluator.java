package io.millrace.executor.function;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.Selection;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CASE: each condition looks at the rows that those before have not taken, each result only at its own. */
final class CaseEvaluator implements Evaluator {
    private final DataType type;
    private final List<Predicate> conditions;
    private final List<Evaluator> results;
    private final Branches branches;

    private Selection remaining = new Selection(0);
    private Selection taken = new Selection(0);

    private CaseEvaluator(DataType type, List<Predicate> conditions, List<Evaluator> results) {
        this.type = type;
        this.conditions = conditions;
        this.results = results;
        branches = new Branches(type, results.size());
    }

    static CaseEvaluator of(Call call, ExpressionCompiler compiler) {
        List<Expression> arguments = call.arguments();
        List<Predicate> conditions = new ArrayList<>();
        List<Evaluator> results = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            conditions.add(compiler.buildPredicate(arguments.get(i)));
            results.add(result(arguments.get(i + 1), call.type(), compiler));
        }
        if (arguments.size() % 2 == 1) {
            results.add(result(arguments.get(arguments.size() - 1), call.type(), compiler));
        }
        return new CaseEvaluator(call.type(), conditions, results);
    }

    /** A bare NULL takes the type of the whole. */
    static Evaluator result(Expression expression, DataType type, ExpressionCompiler compiler) {
        return ExpressionCompiler.isNull(expression)
                ? new ConstantEvaluator(new Constant(null, type))
                : compiler.build(expression);
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Column evaluate(Batch batch, @Nullable Selection selection) {
        int rows = batch.rowCount();
        remaining = Selections.ensure(remaining, rows);
        taken = Selections.ensure(taken, rows);
        Selections.copy(selection, rows, remaining);
        branches.start(rows);
        for (int i = 0; i < conditions.size() && remaining.count() > 0; i++) {
            conditions.get(i).select(batch, remaining, taken);
            if (taken.count() > 0) {
                branches.take(i, results.get(i).evaluate(batch, taken), taken);
                Selections.subtract(remaining, taken);
            }
        }
        if (results.size() > conditions.size() && remaining.count() > 0) {
            int otherwise = conditions.size();
            branches.take(otherwise, results.get(otherwise).evaluate(batch, remaining), remaining);
        }
        return branches.finish();
    }
}
