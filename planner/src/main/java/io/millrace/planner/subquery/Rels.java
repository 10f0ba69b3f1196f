package io.millrace.planner.subquery;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/** Makes relational expressions just as they are asked for, without the shortcuts of a builder. */
final class Rels {
    private Rels() {}

    static int width(RelNode node) {
        return node.getRowType().getFieldCount();
    }

    static RexNode field(RelNode node, int index) {
        return RexInputRef.of(index, node.getRowType());
    }

    static List<RexNode> fields(RelNode node, int from, int end) {
        return new ArrayList<>(
                IntStream.range(from, end).mapToObj(i -> field(node, i)).toList());
    }

    static RelNode project(RelNode input, List<? extends RexNode> projects) {
        return LogicalProject.create(input, List.of(), projects, (List<String>) null, Set.of());
    }

    static RelNode filter(RelNode input, List<RexNode> conditions) {
        RexNode condition = RexUtil.composeConjunction(input.getCluster().getRexBuilder(), conditions);
        return condition.isAlwaysTrue() ? input : LogicalFilter.create(input, condition);
    }

    static RelNode join(RelNode left, RelNode right, JoinRelType type, List<RexNode> conditions) {
        RexNode condition = RexUtil.composeConjunction(left.getCluster().getRexBuilder(), conditions);
        return LogicalJoin.create(left, right, List.of(), condition, Set.of(), type);
    }

    /** Grouped by the first columns. */
    static RelNode aggregate(RelNode input, int keys, List<AggregateCall> calls) {
        return LogicalAggregate.create(input, List.of(), ImmutableBitSet.range(keys), null, calls);
    }

    static RelNode distinct(RelNode input) {
        return aggregate(input, width(input), List.of());
    }

    /** A call over all rows, or over those in which a column is true. */
    static AggregateCall call(RelNode input, int keys, SqlAggFunction function, List<Integer> arguments, int filter) {
        return AggregateCall.create(
                function,
                false,
                false,
                false,
                List.of(),
                arguments,
                filter,
                null,
                RelCollations.EMPTY,
                keys,
                input,
                null,
                null);
    }

    /** That two values are the same, where NULL is the same as NULL. */
    static RexNode same(RexBuilder builder, RexNode left, RexNode right) {
        boolean nullable = left.getType().isNullable() && right.getType().isNullable();
        return builder.makeCall(
                nullable ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS, left, right);
    }

    /** Whether a query gives one row at most, by its shape. */
    static boolean hasOneRow(RelNode query) {
        if (query instanceof Aggregate aggregate) {
            return aggregate.getGroupSets().size() == 1 && aggregate.getGroupCount() == 0;
        }
        if (query instanceof Sort sort
                && sort.fetch instanceof RexLiteral fetch
                && BigDecimal.ONE.compareTo(fetch.getValueAs(BigDecimal.class)) >= 0) {
            return true;
        }
        boolean keepsRows = query instanceof Project || query instanceof Filter || query instanceof Sort;
        return keepsRows && hasOneRow(query.getInput(0));
    }
}
