package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.SourcePosition;
import io.millrace.planner.rule.FilterWindowTransposeRule;
import io.millrace.planner.subquery.SubQueries;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/** The rewrites of relational expressions: sub-queries become joins, filters go down to the scans, projections are merged. */
final class HepPhases {
    private static final RelBuilderFactory BUILDER = RelBuilder.proto(
            Contexts.of(RelBuilder.Config.DEFAULT.withSimplify(false).withSimplifyValues(false)),
            RelFactories.DEFAULT_TABLE_SCAN_FACTORY);

    private static final List<RelOptRule> PUSH_DOWN = List.of(
            CoreRules.FILTER_MERGE.config.withRelBuilderFactory(BUILDER).toRule(),
            CoreRules.FILTER_PROJECT_TRANSPOSE
                    .config
                    .withRelBuilderFactory(BUILDER)
                    .toRule(),
            CoreRules.PROJECT_MERGE.config.withRelBuilderFactory(BUILDER).toRule(),
            CoreRules.PROJECT_REMOVE.config.withRelBuilderFactory(BUILDER).toRule(),
            new FilterWindowTransposeRule(BUILDER, WindowTableFunction.MOVABLE));

    /** Far more than any plan of the node budget needs: stops a pair of rules that undo each other. */
    private static final int MATCH_LIMIT = 10_000;

    private static final HepProgram PROGRAM = new HepProgramBuilder()
            .addMatchLimit(MATCH_LIMIT)
            .addRuleCollection(PUSH_DOWN)
            .build();

    private HepPhases() {}

    /** @param subQuery where the first sub-query stands in the text */
    static RelNode rewrite(RelNode root, @Nullable SourcePosition subQuery) {
        PlanningBudget budget = PlanningBudget.current();
        RelNode joined = SubQueries.toJoins(root, subQuery, budget::check);
        checkSize(joined, budget);
        HepPlanner planner = new HepPlanner(PROGRAM, budget.context());
        planner.setRoot(joined);
        return planner.findBestExp();
    }

    /** Parts that are used several times count each time, since nothing that follows knows that they are the same. */
    private static void checkSize(RelNode root, PlanningBudget budget) {
        if (size(root, new IdentityHashMap<>()) > budget.limits().nodes()) {
            throw Limit.exceeded(
                    ErrorCode.PROGRAM_TOO_COMPLEX,
                    "the query becomes a plan of too many operators",
                    budget.limits().nodes(),
                    PlannerLimits.PLAN_NODES,
                    null);
        }
    }

    private static long size(RelNode node, Map<RelNode, Long> known) {
        Long before = known.get(node);
        if (before != null) {
            return before;
        }
        long size = 1;
        for (RelNode input : node.getInputs()) {
            size = Math.min(Integer.MAX_VALUE, size + size(input, known));
        }
        known.put(node, size);
        return size;
    }
}
