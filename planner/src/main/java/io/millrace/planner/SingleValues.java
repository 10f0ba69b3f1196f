package io.millrace.planner;

import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.PlanNode;
import io.millrace.plan.ScalarFunction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a correlated sub-query may be missing or ambiguous for rows that no outer row asks for. So it is not
 * looked at per group before the join, but per outer row in the join:
 *
 * <pre>
 * Join LEFT (o = k)                                       Join SINGLE (o = k)
 *   outer(o)                                     =&gt;         outer(o)
 *   HashAggregate by k compute SINGLE_VALUE(v)              FilterProject(k, v)
 * </pre>
 */
final class SingleValues {
    private SingleValues() {}

    /** The right input of the single join; null when the join is another one. */
    static @Nullable PlanNode withoutAggregate(PlanNode right, PlanNode left, List<Expression> conditions) {
        if (right instanceof FilterProject project && project.condition() == null) {
            PlanNode input = withoutAggregate(project, project.projections(), left, conditions);
            return input == null ? null : FilterProjects.project(input, project.projections(), names(project));
        }
        return withoutAggregate(right, FilterProjects.columns(right.rowType()), left, conditions);
    }

    private static @Nullable PlanNode withoutAggregate(
            PlanNode right, List<Expression> projections, PlanNode left, List<Expression> conditions) {
        PlanNode node = right instanceof FilterProject project ? project.input() : right;
        if (!(node instanceof HashAggregate aggregate)
                || aggregate.keys().isEmpty()
                || aggregate.aggregates().size() != 1
                || aggregate.aggregates().get(0).function() != AggregateFunction.SINGLE_VALUE
                || !comparesAllKeys(aggregate, projections, left.rowType().size(), conditions)) {
            return null;
        }
        List<Expression> columns = FilterProjects.columns(aggregate.input().rowType());
        List<Expression> kept = new ArrayList<>();
        aggregate.keys().forEach(key -> kept.add(columns.get(key)));
        kept.add(columns.get(
                java.util.Objects.requireNonNull(aggregate.aggregates().get(0).argument())));
        return FilterProjects.project(aggregate.input(), kept, names(aggregate));
    }

    private static List<String> names(PlanNode node) {
        return node.rowType().fields().stream().map(Field::name).toList();
    }

    /** Whether the conditions are equalities that fix each key, so that one group at most belongs to a left row. */
    private static boolean comparesAllKeys(
            HashAggregate aggregate, List<Expression> projections, int leftSize, List<Expression> conditions) {
        BitSet fixed = new BitSet();
        for (Expression condition : conditions) {
            if (!(condition instanceof Call call)
                    || (call.function() != ScalarFunction.EQUALS
                            && call.function() != ScalarFunction.IS_NOT_DISTINCT_FROM)) {
                return false;
            }
            for (int side = 0; side < 2; side++) {
                BitSet others = Expressions.used(call.arguments().get(1 - side));
                if (call.arguments().get(side) instanceof ColumnReference column
                        && column.index() >= leftSize
                        && others.length() <= leftSize
                        && projections.get(column.index() - leftSize) instanceof ColumnReference key) {
                    fixed.set(key.index());
                }
            }
        }
        return fixed.nextClearBit(0) >= aggregate.keys().size()
                && fixed.length() <= aggregate.keys().size();
    }
}
