package io.millrace.planner.subquery;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Turns sub-queries in expressions into joins. A correlated one is computed once for each distinct value of the columns
 * that it takes from outside, and joined with the outer rows by these.
 */
public final class SubQueries {
    private final @Nullable SourcePosition position;
    private final Runnable progress;

    private SubQueries(@Nullable SourcePosition position, Runnable progress) {
        this.position = position;
        this.progress = progress;
    }

    /**
     * Returns a relation without sub-queries, in which parts may stand in several places.
     *
     * @param position of the first sub-query in the text, for what cannot be turned into joins (0A000)
     * @param progress is told before each step, and may end the work by an exception
     */
    public static RelNode toJoins(RelNode root, @Nullable SourcePosition position, Runnable progress) {
        if (!Remains.in(root)) {
            return root;
        }
        SubQueries subQueries = new SubQueries(position, progress);
        RelNode joined = subQueries.rewrite(root);
        if (Remains.in(joined)) {
            throw subQueries.refused();
        }
        return joined;
    }

    MillraceException refused() {
        return new MillraceException(
                ErrorCode.NOT_SUPPORTED,
                "this correlated sub-query is not supported",
                "Write it as a join.",
                position,
                null);
    }

    /** What is left then of outer rows are those of queries around. */
    RelNode rewrite(RelNode node) {
        progress.run();
        List<RelNode> inputs = node.getInputs().stream().map(this::rewrite).toList();
        RelNode current = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        if (current instanceof Correlate lateral) {
            return lateral(lateral);
        }
        check(current);
        if (current instanceof Filter filter && RexUtil.SubQueryFinder.containsSubQuery(filter)) {
            return filter(filter.getInput(), RelOptUtil.conjunctions(filter.getCondition()), filter.getVariablesSet());
        }
        if (current instanceof Project project && RexUtil.SubQueryFinder.containsSubQuery(project)) {
            SubQueryColumns columns = new SubQueryColumns(this, project.getInput(), project.getVariablesSet(), 0);
            List<RexNode> projects = columns.replace(project.getProjects());
            return LogicalProject.create(
                    columns.rows(), List.of(), projects, project.getRowType().getFieldNames(), Set.of());
        }
        if (current instanceof Join join && RexUtil.SubQueryFinder.containsSubQuery(join)) {
            return join.getJoinType() == JoinRelType.INNER
                    ? innerJoin(join)
                    : new OuterJoinSubQueries(this, join).build();
        }
        return current;
    }

    /** A relation after FROM that reads the rows to its left. */
    private RelNode lateral(Correlate lateral) {
        RelNode left = lateral.getLeft();
        UnnestedQuery right = UnnestedQuery.of(lateral.getRight(), Set.of(lateral.getCorrelationId()), 0, left);
        if (right == null) {
            throw refused();
        }
        int width = Rels.width(left) + Rels.width(lateral.getRight());
        RelNode pair = Rels.join(left, right.rows(), JoinRelType.INNER, List.of());
        RelNode joined = Rels.join(left, right.rows(), lateral.getJoinType(), right.belongs(pair, width));
        return Rels.project(joined, Rels.fields(joined, 0, width));
    }

    /** That sub-queries read the row that the node has. */
    private void check(RelNode node) {
        Set<CorrelationId> names = node.getVariablesSet();
        if (names.isEmpty()) {
            return;
        }
        RelNode row = node instanceof Join join
                ? Rels.join(join.getLeft(), join.getRight(), JoinRelType.INNER, List.of())
                : node.getInput(0);
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                if (!Correlation.fits(subQuery.rel, names, row.getRowType(), isGrouped(row))) {
                    throw refused();
                }
                return super.visitSubQuery(subQuery);
            }
        });
    }

    private static boolean isGrouped(RelNode row) {
        return row instanceof Aggregate || (row instanceof Filter filter && isGrouped(filter.getInput()));
    }

    /** Conditions without sub-queries first, then those that only keep rows or not, then the others. */
    private RelNode filter(RelNode input, List<RexNode> conditions, Set<CorrelationId> names) {
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> others = new ArrayList<>();
        for (RexNode condition : conditions) {
            (RexUtil.SubQueryFinder.find(condition) == null ? plain : others).add(condition);
        }
        SubQueryColumns columns = new SubQueryColumns(this, Rels.filter(input, plain), names, 0);
        List<RexNode> values = new ArrayList<>();
        for (RexNode condition : others) {
            boolean negated = condition.getKind() == SqlKind.NOT;
            RexNode positive = negated ? ((RexCall) condition).getOperands().get(0) : condition;
            if (positive instanceof RexSubQuery subQuery && onlyKeeps(subQuery, negated)) {
                columns.keep(subQuery, negated);
            } else {
                values.add(condition);
            }
        }
        if (values.isEmpty() && Rels.width(columns.rows()) == Rels.width(input)) {
            return columns.rows();
        }
        List<RexNode> replaced = columns.replace(values);
        RelNode filtered = Rels.filter(columns.rows(), replaced);
        return Rels.project(filtered, Rels.fields(filtered, 0, Rels.width(input)));
    }

    /** Whether it makes no difference here whether the condition is false or unknown. */
    private static boolean onlyKeeps(RexSubQuery subQuery, boolean negated) {
        return subQuery.getKind() == SqlKind.EXISTS
                || (subQuery.getKind() == SqlKind.IN
                        && (!negated || !subQuery.getType().isNullable()));
    }

    private RelNode innerJoin(Join join) {
        RelNode pairs = Rels.join(join.getLeft(), join.getRight(), JoinRelType.INNER, List.of());
        return filter(pairs, RelOptUtil.conjunctions(join.getCondition()), join.getVariablesSet());
    }

    /** Looks for sub-queries, and for what refers to an outer row. */
    private static final class Remains extends RelVisitor {
        private final Set<RelNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private boolean found;

        static boolean in(RelNode root) {
            Remains remains = new Remains();
            remains.go(root);
            return remains.found;
        }

        @Override
        public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
            if (!seen.add(node)) {
                return; // a part that stands in several places
            }
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
