package io.millrace.planner.rule;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * No condition of a join has a sub-query. That of an inner join is tried after it; that of an outer join becomes a
 * column of the input that it refers to, and stays when it refers to both:
 *
 * <pre>
 * Join(inner, a = b AND x IN (q))       Filter(x IN (q))
 *   left                           =&gt;     Join(inner, a = b)
 *   right                                   left
 *                                           right
 *
 * Join(left, a = b AND y IN (q))        Project(without the column)
 *   left                           =&gt;     Join(left, a = b AND column)
 *   right(y)                                left
 *                                           Project(right, y IN (q) AS column)
 * </pre>
 */
public final class JoinSubQueryRule extends RelOptRule {
    public JoinSubQueryRule(RelBuilderFactory builder) {
        super(operand(Join.class, any()), builder, "JoinSubQueryRule");
    }

    @Override
    public boolean matches(RelOptRuleCall call) {
        Join join = call.rel(0);
        return RexUtil.SubQueryFinder.containsSubQuery(join)
                && join.getJoinType().projectsRight();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Join join = call.rel(0);
        if (join.getJoinType() == JoinRelType.INNER) {
            call.transformTo(inner(join));
            return;
        }
        JoinColumns columns = new JoinColumns(join);
        RexSubQuery query = RexUtil.SubQueryFinder.find(join.getCondition());
        while (query != null) {
            if (!columns.add(query)) {
                return;
            }
            query = RexUtil.SubQueryFinder.find(columns.condition());
        }
        call.transformTo(columns.join());
    }

    private static RelNode inner(Join join) {
        RexBuilder builder = join.getCluster().getRexBuilder();
        List<RexNode> before = new ArrayList<>();
        List<RexNode> after = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
            (RexUtil.SubQueryFinder.find(condition) == null ? before : after).add(condition);
        }
        RelNode joined = join.copy(
                join.getTraitSet(),
                RexUtil.composeConjunction(builder, before),
                join.getLeft(),
                join.getRight(),
                join.getJoinType(),
                join.isSemiJoinDone());
        return LogicalFilter.create(
                joined, RexUtil.composeConjunction(builder, after), ImmutableSet.copyOf(join.getVariablesSet()));
    }
}
