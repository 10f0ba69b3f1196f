package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An aggregate over the rows of the group.
 *
 * @param arguments none for COUNT(*)
 * @param filter null: none
 */
public record AggregateCall(
        AggregateFunction function, ValueType type, boolean distinct, List<Expression> arguments, Expression filter)
        implements Expression {
    @Override
    public String sql() {
        String list =
                arguments.isEmpty() ? "*" : arguments.stream().map(Part::sql).collect(Collectors.joining(", "));
        return function + "(" + (distinct ? "DISTINCT " : "") + list + ")"
                + (filter == null ? "" : " FILTER (WHERE " + filter.sql() + ")");
    }

    @Override
    public boolean isAggregated() {
        return true;
    }

    @Override
    public Object value(Environment environment) {
        List<Object> values = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Environment row : environment.groupRows()) {
            if (!row.isTrue(filter)) {
                continue;
            }
            List<Object> given = new ArrayList<>();
            arguments.forEach(argument -> given.add(row.value(argument)));
            if (!given.contains(null) && (!distinct || seen.add(ValueOrder.key(given)))) {
                values.add(given.isEmpty() ? true : given.get(0));
            }
        }
        return function.of(values, type);
    }

    @Override
    public Stream<Expression> smaller() {
        return Stream.of(
                        Expression.literals(type),
                        Part.without(filter, less -> withFilter(less)),
                        distinct
                                ? Stream.of(new AggregateCall(function, type, false, arguments, filter))
                                : Stream.<Expression>of(),
                        Part.smallerIn(arguments)
                                .map(less -> new AggregateCall(function, type, distinct, less, filter)))
                .flatMap(less -> less);
    }

    private Expression withFilter(Expression less) {
        return new AggregateCall(function, type, distinct, arguments, less);
    }
}
