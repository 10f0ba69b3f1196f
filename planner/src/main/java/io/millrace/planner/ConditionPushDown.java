package io.millrace.planner;

import io.millrace.plan.ColumnReference;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.JoinKind;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanVisitor;
import io.millrace.plan.SetOperation;
import io.millrace.plan.Sort;
import io.millrace.plan.StreamScan;
import io.millrace.plan.SystemScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.UnionAll;
import io.millrace.plan.Values;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Brings conditions as near to the sources as they may go, so that joins have few rows and know their keys; orders inner
 * joins on the way. A visitor carries the conditions that must hold for the output of the node that it visits.
 */
final class ConditionPushDown implements PlanVisitor<PlanNode> {
    /** A condition over sums of sums of sums would double at each level on its way down. */
    private static final int MAX_GROWTH = 100;

    private final List<Expression> conditions;

    private ConditionPushDown(List<Expression> conditions) {
        this.conditions = conditions;
    }

    static PlanNode rewrite(PlanNode root) {
        return push(root, List.of());
    }

    static PlanNode push(PlanNode node, List<Expression> conditions) {
        return node.accept(new ConditionPushDown(conditions));
    }

    private PlanNode above(PlanNode node) {
        return FilterProjects.filter(node, Expressions.conjunction(conditions));
    }

    @Override
    public PlanNode visitStreamScan(StreamScan scan) {
        return above(scan);
    }

    @Override
    public PlanNode visitTableScan(TableScan scan) {
        return above(scan);
    }

    @Override
    public PlanNode visitSystemScan(SystemScan scan) {
        return above(scan);
    }

    @Override
    public PlanNode visitValues(Values values) {
        return above(values);
    }

    @Override
    public PlanNode visitFilterProject(FilterProject node) {
        List<Expression> all = new ArrayList<>();
        if (node.condition() != null) {
            all.addAll(Expressions.conjuncts(node.condition()));
        }
        List<Expression> above = new ArrayList<>();
        for (Expression condition : conditions) {
            if (Expressions.growth(condition, node.projections()) <= MAX_GROWTH) {
                all.add(Expressions.replace(condition, node.projections()));
            } else {
                above.add(condition);
            }
        }
        List<String> names = node.rowType().fields().stream().map(Field::name).toList();
        PlanNode projected = FilterProjects.project(push(node.input(), all), node.projections(), names);
        return FilterProjects.filter(projected, Expressions.conjunction(above));
    }

    /** Rows of the input are late or not, whatever the condition; which of them count must not change. */
    @Override
    public PlanNode visitWindowAggregate(WindowAggregate node) {
        return above(new WindowAggregate(
                push(node.input(), List.of()),
                node.window(),
                node.timeColumn(),
                node.timeAttribute(),
                node.keys(),
                node.aggregates(),
                node.rowType()));
    }

    /** Conditions that read no bound of a window hold for the row before it is assigned to any. */
    @Override
    public PlanNode visitWindowAssign(WindowAssign node) {
        int size = node.input().rowType().size();
        List<Expression> below = new ArrayList<>();
        List<Expression> above = new ArrayList<>();
        boolean isSession = node.window().isSession(); // there a row that is left out can part what it joins
        conditions.forEach(condition ->
                (!isSession && Expressions.used(condition).length() <= size ? below : above).add(condition));
        PlanNode assigned = new WindowAssign(
                push(node.input(), below),
                node.window(),
                node.timeColumn(),
                node.closedBy(),
                node.partition(),
                node.rowType());
        return FilterProjects.filter(assigned, Expressions.conjunction(above));
    }

    /** Conditions on keys decide over whole groups; without keys there is a group even over nothing. */
    @Override
    public PlanNode visitHashAggregate(HashAggregate node) {
        List<Expression> below = new ArrayList<>();
        List<Expression> above = new ArrayList<>();
        int[] columns = node.keys().stream().mapToInt(Integer::intValue).toArray();
        for (Expression condition : conditions) {
            BitSet used = Expressions.used(condition);
            if (!used.isEmpty() && used.length() <= columns.length) {
                below.add(Expressions.remap(condition, columns));
            } else {
                above.add(condition);
            }
        }
        PlanNode aggregate =
                new HashAggregate(push(node.input(), below), node.keys(), node.aggregates(), node.rowType());
        return FilterProjects.filter(aggregate, Expressions.conjunction(above));
    }

    /** A key is NULL in the groupings that do not have it, so a condition on it says nothing about rows. */
    @Override
    public PlanNode visitGroupingSets(GroupingSetsAggregate node) {
        return above(new GroupingSetsAggregate(
                push(node.input(), List.of()), node.keys(), node.sets(), node.aggregates(), node.rowType()));
    }

    @Override
    public PlanNode visitJoin(Join node) {
        if (node.kind() == JoinKind.INNER) {
            return InnerJoins.order(node, conditions);
        }
        return OuterJoins.push(node, conditions);
    }

    @Override
    public PlanNode visitUnionAll(UnionAll node) {
        return new UnionAll(
                node.inputs().stream().map(input -> push(input, conditions)).toList(), node.rowType());
    }

    @Override
    public PlanNode visitSetOperation(SetOperation node) {
        return new SetOperation(
                push(node.left(), conditions), push(node.right(), conditions), node.kind(), node.all(), node.rowType());
    }

    @Override
    public PlanNode visitSort(Sort node) {
        boolean takesAll = node.offset() == 0 && node.fetch() == Limit.ALL;
        PlanNode input = push(node.input(), takesAll ? conditions : List.of());
        PlanNode sorted = new Sort(input, node.keys(), node.offset(), node.fetch(), node.rowType());
        return takesAll ? sorted : above(sorted);
    }

    @Override
    public PlanNode visitLimit(Limit node) {
        return above(new Limit(push(node.input(), List.of()), node.offset(), node.fetch(), node.rowType()));
    }

    /** Columns {@code by} further to the right. */
    static Expression shifted(Expression expression, int by) {
        return expression.accept(new Expressions(
                column -> new ColumnReference(column.index() + by, column.type()), parameter -> parameter));
    }
}
