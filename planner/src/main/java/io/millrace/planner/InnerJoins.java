package io.millrace.planner;

import io.millrace.plan.ColumnReference;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKind;
import io.millrace.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a tree of inner joins, and the projections between them, apart into its inputs and one list of conditions, and
 * puts it together again in an order that has few rows on the way (see {@link JoinOrder}):
 *
 * <pre>
 * Join(b = c)                 inputs      A(0), B(1), C(2)
 *   FilterProject(b)      =&gt;  conditions  #0 = #1, #1 = #2
 *     Join(a = b)             columns     b: #1, c: #2
 *       A(a)
 *       B(b)
 *   C(c)
 * </pre>
 *
 * Columns are numbered through all inputs.
 */
final class InnerJoins {
    private final List<PlanNode> inputs = new ArrayList<>();
    private final List<Expression> conditions = new ArrayList<>();
    private int columns;

    private InnerJoins() {}

    /** @param above conditions that hold for the output */
    static PlanNode order(Join join, List<Expression> above) {
        return order(join.left(), join.right(), OuterJoins.conditions(join), above);
    }

    /** @param own conditions of the join of the two inputs */
    static PlanNode order(PlanNode left, PlanNode right, List<Expression> own, List<Expression> above) {
        InnerJoins joins = new InnerJoins();
        List<Expression> output = joins.join(left, right, own);
        joins.conditions.addAll(Expressions.replace(above, output));
        List<String> names = new ArrayList<>();
        left.rowType().fields().stream().map(Field::name).forEach(names::add);
        right.rowType().fields().stream().map(Field::name).forEach(names::add);
        return new JoinOrder(joins.inputs, joins.conditions).plan(output, names);
    }

    /** Adds a join; returns its output columns as expressions over the columns of all inputs. */
    private List<Expression> join(PlanNode left, PlanNode right, List<Expression> own) {
        List<Expression> output = new ArrayList<>(flatten(left));
        output.addAll(flatten(right));
        conditions.addAll(Expressions.replace(own, output));
        return output;
    }

    private List<Expression> flatten(PlanNode node) {
        if (node instanceof Join join && join.kind() == JoinKind.INNER) {
            return join(join.left(), join.right(), OuterJoins.conditions(join));
        }
        if (node instanceof FilterProject project && isJoin(project)) {
            List<Expression> input = flatten(project.input());
            @Nullable Expression condition = project.condition();
            if (condition != null) {
                conditions.addAll(Expressions.replace(Expressions.conjuncts(condition), input));
            }
            return Expressions.replace(project.projections(), input);
        }
        List<Expression> output = new ArrayList<>();
        for (int i = 0; i < node.rowType().size(); i++) {
            output.add(new ColumnReference(columns++, node.rowType().type(i)));
        }
        inputs.add(node);
        return output;
    }

    private static boolean isJoin(FilterProject project) {
        PlanNode input = project.input();
        return (input instanceof Join join && join.kind() == JoinKind.INNER)
                || (input instanceof FilterProject below && isJoin(below));
    }
}
