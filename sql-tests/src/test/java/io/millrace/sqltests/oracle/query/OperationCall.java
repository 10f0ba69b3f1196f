package io.millrace.sqltests.oracle.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An operation on expressions. */
public record OperationCall(Operation operation, List<Expression> arguments) implements Expression {
    @Override
    public ValueType type() {
        return operation.result();
    }

    @Override
    public String sql() {
        return String.format(
                operation.template(), arguments.stream().map(Part::sql).toArray());
    }

    @Override
    public boolean isAggregated() {
        return arguments.stream().anyMatch(Expression::isAggregated);
    }

    @Override
    public Object value(Environment environment) {
        List<Object> values = new ArrayList<>();
        arguments.forEach(argument -> values.add(environment.value(argument)));
        return operation.definition().apply(values);
    }

    @Override
    public Stream<Expression> smaller() {
        return Stream.of(
                        Expression.literals(type()),
                        arguments.stream().filter(argument -> argument.type() == type()),
                        Part.smallerIn(arguments).map(less -> (Expression) new OperationCall(operation, less)))
                .flatMap(less -> less);
    }
}
