package io.millrace.planner;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * Hides from the decorrelator what it draws wrong conclusions from when it asks whether a column can be NULL: it takes
 * the condition of an outer join for one that all its rows fulfil, and the results of aggregates for their keys.
 */
final class HiddenFacts {
    /** Its argument; an unknown function for all that draws conclusions. */
    private static final SqlFunction OPAQUE = new SqlFunction(
            "$OPAQUE",
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.ARG0,
            null,
            OperandTypes.BOOLEAN,
            SqlFunctionCategory.SYSTEM);

    private HiddenFacts() {}

    /** Conditions of outer joins stand in a function, aggregates in a union of one input. */
    static RelNode hide(RelNode root) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode node) {
                RelNode hidden = super.visit(node);
                if (hidden instanceof Join join && join.getJoinType().isOuterJoin()) {
                    return withCondition(join, opaque(join));
                }
                if (hidden instanceof Aggregate aggregate
                        && !aggregate.getAggCallList().isEmpty()
                        && RelOptUtil.getVariablesUsed(aggregate).isEmpty()) {
                    return LogicalUnion.create(List.of(aggregate), true);
                }
                return hidden;
            }
        });
    }

    /** Undoes {@link #hide}. */
    static RelNode show(RelNode root) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode node) {
                RelNode shown = super.visit(node);
                if (shown instanceof Union union && union.getInputs().size() == 1) {
                    return union.getInput(0);
                }
                return shown instanceof Join join ? withCondition(join, clear(join)) : shown;
            }
        });
    }

    private static RexNode opaque(Join join) {
        RexNode condition = join.getCondition();
        return condition.isAlwaysTrue()
                ? condition
                : join.getCluster().getRexBuilder().makeCall(OPAQUE, condition);
    }

    private static RexNode clear(Join join) {
        List<RexNode> conditions = RelOptUtil.conjunctions(join.getCondition()).stream()
                .map(condition -> condition instanceof RexCall call && call.getOperator() == OPAQUE
                        ? call.getOperands().get(0)
                        : condition)
                .toList();
        return RexUtil.composeConjunction(join.getCluster().getRexBuilder(), conditions);
    }

    private static RelNode withCondition(Join join, RexNode condition) {
        return condition.equals(join.getCondition())
                ? join
                : join.copy(
                        join.getTraitSet(),
                        condition,
                        join.getLeft(),
                        join.getRight(),
                        join.getJoinType(),
                        join.isSemiJoinDone());
    }
}
