package io.millrace.planner;

import io.millrace.error.SourcePosition;
import io.millrace.planner.rule.FilterWindowTransposeRule;
import java.util.List;
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
            new FilterWindowTransposeRule(BUILDER));

    /** Far more than any plan of the node budget needs: stops a pair of rules that undo each other. */
    private static final int MATCH_LIMIT = 10_000;

    private static final HepProgram PROGRAM = new HepProgramBuilder()
            .addMatchLimit(MATCH_LIMIT)
            .addRuleCollection(PUSH_DOWN)
            .build();

    private HepPhases() {}

    /** @param subQuery where the first sub-query stands in the text */
    static RelNode rewrite(RelNode root, @Nullable SourcePosition subQuery) {
        HepPlanner planner = new HepPlanner(PROGRAM, PlanningBudget.current().context());
        planner.setRoot(SubQueries.toJoins(root, subQuery));
        return planner.findBestExp();
    }
}
