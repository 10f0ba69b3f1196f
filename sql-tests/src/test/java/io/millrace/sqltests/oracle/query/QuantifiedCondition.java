package io.millrace.sqltests.oracle.query;

import java.util.List;
import java.util.stream.Stream;

/** Whether a comparison holds for all, or for some, rows of a query. */
public record QuantifiedCondition(Expression value, int comparison, boolean all, Query query) implements Expression {
    public static final int COMPARISONS = Conditions.Comparison.values().length;

    @Override
    public ValueType type() {
        return ValueType.BOOLEAN;
    }

    @Override
    public String sql() {
        return "(" + value.sql() + " " + operator().sql() + (all ? " ALL (" : " SOME (") + query.sql() + "))";
    }

    private Conditions.Comparison operator() {
        return Conditions.Comparison.values()[comparison];
    }

    @Override
    public boolean isAggregated() {
        return value.isAggregated();
    }

    @Override
    public Object value(Environment environment) {
        Boolean result = all;
        Object left = environment.value(value);
        for (List<Object> row : query.rows(environment)) {
            Boolean holds = operator().test(left, row.get(0));
            result = all ? Conditions.and(result, holds) : Conditions.or(result, holds);
        }
        return result;
    }

    @Override
    public Stream<Expression> smaller() {
        return Stream.of(
                        Expression.literals(type()),
                        value.smaller().map(less -> (Expression) new QuantifiedCondition(less, comparison, all, query)),
                        query.smaller().map(less -> (Expression) new QuantifiedCondition(value, comparison, all, less)))
                .flatMap(less -> less);
    }
}
