package io.millrace.sqltests.oracle.generate;

import io.millrace.sqltests.oracle.query.AggregateCall;
import io.millrace.sqltests.oracle.query.AggregateFunction;
import io.millrace.sqltests.oracle.query.Expression;
import io.millrace.sqltests.oracle.query.GroupingCall;
import io.millrace.sqltests.oracle.query.Literal;
import io.millrace.sqltests.oracle.query.Operation;
import io.millrace.sqltests.oracle.query.OperationCall;
import io.millrace.sqltests.oracle.query.Operations;
import io.millrace.sqltests.oracle.query.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Makes expressions of a type over what is in scope. */
final class ExpressionGenerator {
    private final Choice choice;
    private final SubQueryGenerator subQueries;

    ExpressionGenerator(Choice choice, SubQueryGenerator subQueries) {
        this.choice = choice;
        this.subQueries = subQueries;
    }

    /** @param depth how many levels it may have; sub-queries take two */
    Expression expression(ValueType type, Scope scope, int depth) {
        if (depth > 0 && choice.percent(10)) {
            return subQueries.expression(type, scope, depth - 1);
        }
        if (scope.mayAggregate() && choice.percent(45)) {
            return aggregate(type, scope, depth - 1);
        }
        if (depth <= 0 || choice.percent(35)) {
            return leaf(type, scope);
        }
        Operation operation = operation(type, scope);
        List<Expression> arguments = new ArrayList<>();
        for (ValueType argument : operation.arguments()) {
            arguments.add(expression(argument, scope, depth - 1));
        }
        return new OperationCall(operation, arguments);
    }

    /** Mostly a comparison, or several. */
    Expression condition(Scope scope, int depth) {
        return expression(ValueType.BOOLEAN, scope, Math.max(1, depth));
    }

    /** One that can be about columns, if any of the first few is. */
    private Operation operation(ValueType type, Scope scope) {
        List<Operation> operations = Operations.of(type);
        Operation operation = choice.of(operations);
        for (int i = 0; i < 8 && scope.termsOf(operation.arguments().get(0)).isEmpty(); i++) {
            operation = choice.of(operations);
        }
        return type == ValueType.BOOLEAN && choice.percent(25) ? choice.of(operations.subList(0, 5)) : operation;
    }

    private Expression leaf(ValueType type, Scope scope) {
        Scope from = scope;
        // the validator wants what stands beside an aggregate to be a key of this very query
        while (!scope.mayAggregate() && from.outer() != null && choice.percent(30)) {
            from = from.outer();
        }
        List<? extends Expression> terms = from == scope ? from.termsOf(type) : from.namedFromInside(type);
        return terms.isEmpty() || choice.percent(15) ? literal(type) : choice.of(terms);
    }

    Expression literal(ValueType type) {
        return new Literal(type, choice.percent(12) ? null : choice.of(type.samples()));
    }

    /** Over all rows of the group. */
    Expression aggregate(ValueType type, Scope scope, int depth) {
        if (type == ValueType.BIGINT
                && scope.totals()
                && choice.percent(40)
                && !scope.terms().isEmpty()) {
            return new GroupingCall(choice.of(scope.terms()));
        }
        Scope rows = scope.ungrouped();
        Expression filter =
                choice.percent(20) ? ownOf(rows, condition(rows, Math.min(1, depth)), ValueType.BOOLEAN) : null;
        boolean distinct = choice.percent(25);
        AggregateFunction function = function(type);
        if (function == AggregateFunction.COUNT && choice.percent(40)) {
            return new AggregateCall(function, type, false, List.of(), filter);
        }
        ValueType argument = argument(function, type, rows);
        Expression over = ownOf(rows, expression(argument, rows, depth), argument);
        return new AggregateCall(function, type, distinct, List.of(over), filter);
    }

    /** An aggregate over nothing but columns from outside would be one of the query there. */
    private Expression ownOf(Scope rows, Expression made, ValueType type) {
        String sql = made.sql();
        boolean namesOwn = rows.terms().stream().anyMatch(column -> sql.contains(column.sql()));
        return namesOwn || rows.outer() == null ? made : leaf(type, Scope.of(rows.terms(), null));
    }

    private AggregateFunction function(ValueType type) {
        switch (type) {
            case BIGINT:
                return choice.of(AggregateFunction.COUNT, AggregateFunction.SUM, AggregateFunction.MAX);
            case DOUBLE:
            case DECIMAL:
                return choice.of(AggregateFunction.SUM, AggregateFunction.MIN, AggregateFunction.MAX);
            case BOOLEAN:
                return choice.of(AggregateFunction.EVERY, AggregateFunction.SOME);
            default:
                return choice.of(AggregateFunction.MIN, AggregateFunction.MAX);
        }
    }

    private ValueType argument(AggregateFunction function, ValueType type, Scope rows) {
        if (function == AggregateFunction.COUNT) {
            return rows.terms().isEmpty()
                    ? ValueType.INTEGER
                    : choice.of(rows.terms()).type();
        }
        return function == AggregateFunction.SUM && type == ValueType.BIGINT && choice.percent(60)
                ? ValueType.INTEGER
                : type;
    }

    /** A key that is not a column; null when there is no function for it. */
    Expression key(ValueType type, Scope scope) {
        Expression made = expression(type, scope, 1);
        return made instanceof OperationCall ? made : null;
    }

    /** A condition on a number. */
    Expression comparedWithNumber(Expression number) {
        Operation comparison = choice.of(Operations.of(ValueType.BOOLEAN).stream()
                .filter(operation -> operation.arguments().equals(List.of(number.type(), ValueType.INTEGER)))
                .toList());
        return new OperationCall(comparison, List.of(number, literal(ValueType.INTEGER)));
    }

    /** AVG and its like, whose DOUBLE is not for adding up again. */
    Expression average(Scope scope, int depth) {
        AggregateFunction function = choice.of(
                AggregateFunction.AVG,
                AggregateFunction.VAR_POP,
                AggregateFunction.VAR_SAMP,
                AggregateFunction.STDDEV_POP,
                AggregateFunction.STDDEV_SAMP);
        ValueType argument = choice.of(ValueType.INTEGER, ValueType.BIGINT, ValueType.DOUBLE, ValueType.DECIMAL);
        ValueType type = argument == ValueType.DECIMAL ? ValueType.DECIMAL : ValueType.DOUBLE;
        Expression over =
                ownOf(scope.ungrouped(), expression(argument, scope.ungrouped(), Math.min(1, depth)), argument);
        return new AggregateCall(function, type, choice.percent(25), List.of(over), null);
    }
}
