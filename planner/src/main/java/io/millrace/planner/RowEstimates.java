package io.millrace.planner;

import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Join;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SetOperation;
import io.millrace.plan.Sort;
import io.millrace.plan.UnionAll;
import io.millrace.plan.Values;

/**
 * Guesses how many rows a node gives, from its shape alone: a plan must not change from one day to the next because tables
 * have grown.
 */
final class RowEstimates {
    /** What a table or stream is taken to have. */
    static final double SOURCE_ROWS = 1_000;

    private static final double ROWS_PER_GROUP = 10;

    private RowEstimates() {}

    static double rows(PlanNode node) {
        if (node instanceof Values values) {
            return values.rows().size();
        }
        if (node instanceof FilterProject project) {
            Expression condition = project.condition();
            return rows(project.input()) * (condition == null ? 1 : selectivity(condition));
        }
        if (node instanceof HashAggregate aggregate) {
            return aggregate.keys().isEmpty() ? 1 : Math.max(1, rows(aggregate.input()) / ROWS_PER_GROUP);
        }
        if (node instanceof Limit limit) {
            return limit.fetch() < 0 ? rows(limit.input()) : Math.min(limit.fetch(), rows(limit.input()));
        }
        if (node instanceof Sort sort) {
            return sort.fetch() < 0 ? rows(sort.input()) : Math.min(sort.fetch(), rows(sort.input()));
        }
        if (node instanceof UnionAll union) {
            return union.inputs().stream().mapToDouble(RowEstimates::rows).sum();
        }
        if (node instanceof SetOperation operation) {
            return rows(operation.left());
        }
        if (node instanceof Join join) {
            double left = rows(join.left());
            return join.kind().isFilter()
                    ? left
                    : joined(left, rows(join.right()), !join.keys().isEmpty(), 1);
        }
        return node.inputs().isEmpty() ? SOURCE_ROWS : rows(node.inputs().get(0));
    }

    /** How many pairs there are of inputs with so many rows: most keys are taken to be unique on one side. */
    static double joined(double left, double right, boolean hasKeys, double selectivity) {
        double pairs = left * right * selectivity;
        return Math.max(1, hasKeys ? pairs / Math.max(1, Math.min(SOURCE_ROWS, Math.max(left, right))) : pairs);
    }

    /** The part of the rows that pass a condition. */
    static double selectivity(Expression condition) {
        if (!(condition instanceof Call call)) {
            return condition instanceof Constant constant && Boolean.FALSE.equals(constant.value()) ? 0 : 1;
        }
        switch (call.function()) {
            case AND:
                return call.arguments().stream()
                        .mapToDouble(RowEstimates::selectivity)
                        .reduce(1, (left, right) -> left * right);
            case OR:
                return Math.min(
                        1,
                        call.arguments().stream()
                                .mapToDouble(RowEstimates::selectivity)
                                .sum());
            case EQUALS:
            case IS_NULL:
                return 0.1;
            case IN:
                return Math.min(0.5, 0.1 * (call.arguments().size() - 1));
            case NOT_EQUALS:
            case IS_NOT_NULL:
                return 0.9;
            default:
                return 0.4;
        }
    }
}
