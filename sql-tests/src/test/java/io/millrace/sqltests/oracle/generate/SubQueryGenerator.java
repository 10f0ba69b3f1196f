package io.millrace.sqltests.oracle.generate;

import io.millrace.sqltests.oracle.query.ExistsCondition;
import io.millrace.sqltests.oracle.query.Expression;
import io.millrace.sqltests.oracle.query.InCondition;
import io.millrace.sqltests.oracle.query.QuantifiedCondition;
import io.millrace.sqltests.oracle.query.ScalarSubQuery;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Makes the expressions that hold a query, which may refer to what is around. */
final class SubQueryGenerator {
    private final Choice choice;
    private final QueryGenerator queries;

    SubQueryGenerator(Choice choice, QueryGenerator queries) {
        this.choice = choice;
        this.queries = queries;
    }

    Expression expression(ValueType type, Scope scope, int depth) {
        if (type != ValueType.BOOLEAN || choice.percent(10)) {
            return new ScalarSubQuery(queries.single(type, scope, depth), type);
        }
        switch (choice.below(4)) {
            case 0:
                return in(scope, depth);
            case 1:
                ValueType compared = comparedType(scope);
                return new QuantifiedCondition(
                        queries.expressions().expression(compared, scope, 0),
                        choice.below(QuantifiedCondition.COMPARISONS),
                        choice.percent(50),
                        queries.query(List.of(compared), scope, depth));
            default:
                return new ExistsCondition(queries.query(null, scope, depth));
        }
    }

    private Expression in(Scope scope, int depth) {
        List<ValueType> types = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (int i = choice.percent(25) ? 2 : 1; i > 0; i--) {
            types.add(comparedType(scope));
            values.add(queries.expressions().expression(types.get(types.size() - 1), scope, Math.min(1, depth)));
        }
        return new InCondition(values, choice.percent(50), queries.query(types, scope, depth));
    }

    private ValueType comparedType(Scope scope) {
        ValueType type = scope.terms().isEmpty()
                ? ValueType.INTEGER
                : choice.of(scope.terms()).type();
        return type == ValueType.BOOLEAN ? ValueType.INTEGER : type;
    }
}
