package io.millrace.sqltests.oracle.query;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether one or more values are a row of a query. */
public record InCondition(List<Expression> values, boolean negated, Query query) implements Expression {
    @Override
    public ValueType type() {
        return ValueType.BOOLEAN;
    }

    @Override
    public String sql() {
        String list = values.stream().map(Part::sql).collect(Collectors.joining(", "));
        return "(" + (values.size() == 1 ? list : "(" + list + ")") + (negated ? " NOT IN (" : " IN (") + query.sql()
                + "))";
    }

    @Override
    public boolean isAggregated() {
        return values.stream().anyMatch(Expression::isAggregated);
    }

    @Override
    public Object value(Environment environment) {
        Boolean found = false;
        for (List<Object> row : query.rows(environment)) {
            Boolean same = true;
            for (int i = 0; i < row.size(); i++) {
                same = Conditions.and(
                        same, Conditions.Comparison.EQUAL.test(environment.value(values.get(i)), row.get(i)));
            }
            found = Conditions.or(found, same);
        }
        return negated ? Conditions.not(found) : found;
    }

    @Override
    public Stream<Expression> smaller() {
        return Stream.of(
                        Expression.literals(type()),
                        Part.smallerIn(values).map(less -> (Expression) new InCondition(less, negated, query)),
                        query.smaller().map(less -> (Expression) new InCondition(values, negated, less)))
                .flatMap(less -> less);
    }
}
