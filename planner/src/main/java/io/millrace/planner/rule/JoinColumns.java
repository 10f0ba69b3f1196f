package io.millrace.planner.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** An outer join whose sub-queries become columns of its inputs, one after the other. */
final class JoinColumns {
    private final Join original;
    private final RexBuilder builder;
    private final int leftWidth;
    private final int width;

    private RelNode left;
    private RelNode right;
    private RexNode condition;

    JoinColumns(Join join) {
        original = join;
        builder = join.getCluster().getRexBuilder();
        left = join.getLeft();
        right = join.getRight();
        condition = join.getCondition();
        leftWidth = left.getRowType().getFieldCount();
        width = leftWidth + right.getRowType().getFieldCount();
    }

    RexNode condition() {
        return condition;
    }

    /** Replaces a sub-query of the condition; false when it refers to both inputs. */
    boolean add(RexSubQuery query) {
        int here = left.getRowType().getFieldCount();
        ImmutableBitSet operands = RelOptUtil.InputFinder.bits(query.getOperands(), null);
        ImmutableBitSet outer = outerColumns(query);
        if (ImmutableBitSet.range(here).contains(operands)
                && ImmutableBitSet.range(leftWidth).contains(outer)) {
            left = with(left, query, 0, 0);
            replace(query, RexUtil.shift(condition, here, 1), here);
            return true;
        }
        if (operands.intersects(ImmutableBitSet.range(here)) || outer.intersects(ImmutableBitSet.range(leftWidth))) {
            return false;
        }
        int column = here + right.getRowType().getFieldCount();
        right = with(right, query, here, leftWidth);
        replace(query, condition, column);
        return true;
    }

    /** The columns of the join, as it was, that the sub-query takes from outside. */
    private ImmutableBitSet outerColumns(RexSubQuery query) {
        ImmutableBitSet columns = ImmutableBitSet.of();
        for (CorrelationId id : original.getVariablesSet()) {
            columns = columns.union(RelOptUtil.correlationColumns(id, query.rel));
        }
        return columns;
    }

    private RelNode with(RelNode input, RexSubQuery query, int operandShift, int outerShift) {
        CorrelationId id = input.getCluster().createCorrel();
        RexNode moved = OuterReferences.moved(
                builder,
                RexUtil.shift(query, -operandShift),
                original.getVariablesSet(),
                input.getRowType(),
                id,
                outerShift);
        List<RexNode> columns = new ArrayList<>(builder.identityProjects(input.getRowType()));
        columns.add(moved);
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        names.add("$query" + names.size());
        return LogicalProject.create(input, List.of(), columns, names, Set.of(id));
    }

    private void replace(RexSubQuery query, RexNode shifted, int column) {
        RelNode input = column < left.getRowType().getFieldCount() ? left : right;
        int first = input == left ? 0 : left.getRowType().getFieldCount();
        RexNode reference = new RexInputRef(
                column, input.getRowType().getFieldList().get(column - first).getType());
        condition = shifted.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery other) {
                return other.rel == query.rel ? reference : super.visitSubQuery(other);
            }
        });
    }

    /** The join, without the columns that have been added. */
    RelNode join() {
        RelNode joined = LogicalJoin.create(left, right, List.of(), condition, Set.of(), original.getJoinType());
        int added = left.getRowType().getFieldCount() - leftWidth;
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(builder.makeInputRef(joined, i < leftWidth ? i : i + added));
        }
        return LogicalProject.create(
                joined, List.of(), columns, original.getRowType().getFieldNames(), Set.of());
    }
}
