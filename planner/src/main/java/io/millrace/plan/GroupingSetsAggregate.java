package io.millrace.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * Several groupings of one input at once. The output is all keys, NULL where the grouping does not have them, then the
 * aggregates, then the number of the grouping as a BIGINT.
 *
 * @param keys input columns
 * @param sets per grouping the positions, ascending, of those keys that it has; an empty one gives a row over no input
 */
public record GroupingSetsAggregate(
        PlanNode input, List<Integer> keys, List<List<Integer>> sets, List<AggregateCall> aggregates, RowType rowType)
        implements PlanNode {
    public GroupingSetsAggregate {
        keys = List.copyOf(keys);
        sets = sets.stream().map(List::copyOf).toList();
        aggregates = List.copyOf(aggregates);
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitGroupingSets(this);
    }

    /** The columns of a grouping alone: its keys, then the aggregates. */
    public HashAggregate grouping(int set) {
        List<Integer> own = sets.get(set).stream().map(keys::get).toList();
        List<Field> fields = new ArrayList<>();
        own.forEach(key -> fields.add(input.rowType().fields().get(key)));
        fields.addAll(rowType.fields().subList(keys.size(), rowType.size() - 1));
        return new HashAggregate(input, own, aggregates, new RowType(fields));
    }

    /** What makes rows of the output from those of a grouping. */
    public List<Expression> projections(int set) {
        List<Expression> projections = new ArrayList<>();
        List<Integer> own = sets.get(set);
        for (int key = 0; key < keys.size(); key++) {
            int position = own.indexOf(key);
            projections.add(
                    position < 0
                            ? new Constant(null, rowType.type(key).withNullable(true))
                            : new ColumnReference(position, input.rowType().type(keys.get(key))));
        }
        for (int i = 0; i < aggregates.size(); i++) {
            projections.add(
                    new ColumnReference(own.size() + i, aggregates.get(i).type()));
        }
        projections.add(new Constant((long) set, rowType.type(rowType.size() - 1)));
        return projections;
    }
}
