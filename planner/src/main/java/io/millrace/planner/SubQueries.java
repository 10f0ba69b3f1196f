package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import io.millrace.planner.rule.JoinSubQueryRule;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;
import org.apache.calcite.tools.RuleSets;
import org.jspecify.annotations.Nullable;

/**
 * Turns sub-queries in expressions into joins. A correlated one is computed once for each distinct value of the columns
 * that it takes from outside, and joined with the outer rows by these.
 */
final class SubQueries {
    /** A statement of the node budget has far fewer sub-queries. */
    private static final int MATCH_LIMIT = 10_000;

    private SubQueries() {}

    /** @param position of the first sub-query in the text, for what cannot be turned into joins */
    static RelNode toJoins(RelNode root, RelBuilderFactory factory, @Nullable SourcePosition position) {
        if (!Remains.in(root)) {
            return root;
        }
        List<RelOptRule> rules = List.of(
                CoreRules.FILTER_SUB_QUERY_TO_CORRELATE
                        .config
                        .withRelBuilderFactory(factory)
                        .toRule(),
                CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE
                        .config
                        .withRelBuilderFactory(factory)
                        .toRule(),
                new JoinSubQueryRule(factory));
        HepProgram program = new HepProgramBuilder()
                .addMatchLimit(MATCH_LIMIT)
                .addRuleCollection(rules)
                .build();
        HepPlanner planner = new HepPlanner(program, PlanningBudget.current().context());
        planner.setRoot(root);
        RelNode correlated = planner.findBestExp();
        if (CorrelatedJoins.in(correlated)) {
            throw refused(position);
        }
        RelBuilder builder = factory.create(correlated.getCluster(), null);
        // without the rules for single cases, some of which are unsound: the general way serves all
        RelNode joined = HiddenFacts.show(RelDecorrelator.decorrelateQuery(
                HiddenFacts.hide(UnsharedInputs.of(correlated)), builder, RuleSets.ofList()));
        if (Remains.in(joined)) {
            throw refused(position);
        }
        return joined;
    }

    private static MillraceException refused(@Nullable SourcePosition position) {
        return new MillraceException(
                ErrorCode.NOT_SUPPORTED,
                "this correlated sub-query is not supported",
                "Write it as a join.",
                position,
                null);
    }

    /** Looks for joins both of whose inputs refer to one outer row: the decorrelator forgets that it must be the same. */
    private static final class CorrelatedJoins extends RelVisitor {
        private boolean found;

        static boolean in(RelNode root) {
            CorrelatedJoins joins = new CorrelatedJoins();
            joins.go(root);
            return joins.found;
        }

        @Override
        public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
            if (node instanceof Join join) {
                Set<CorrelationId> left = RelOptUtil.getVariablesUsed(join.getLeft());
                Set<CorrelationId> right = RelOptUtil.getVariablesUsed(join.getRight());
                found |= !Collections.disjoint(left, right);
            }
            if (!found) {
                super.visit(node, ordinal, parent);
            }
        }
    }

    /** Looks for sub-queries, and for what refers to an outer row. */
    private static final class Remains extends RelVisitor {
        private boolean found;

        static boolean in(RelNode root) {
            Remains remains = new Remains();
            remains.go(root);
            return remains.found;
        }

        @Override
        public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
            found |= node instanceof Correlate;
            node.accept(new RexShuttle() {
                @Override
                public RexNode visitSubQuery(RexSubQuery subQuery) {
                    found = true;
                    return subQuery;
                }

                @Override
                public RexNode visitFieldAccess(RexFieldAccess fieldAccess) {
                    found = true;
                    return fieldAccess;
                }
            });
            if (!found) {
                super.visit(node, ordinal, parent);
            }
        }
    }
}
