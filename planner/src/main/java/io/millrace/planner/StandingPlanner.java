package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.Call;
import io.millrace.plan.ChangeKind;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.Sort;
import io.millrace.plan.StandingQuery;
import io.millrace.plan.SystemScan;
import io.millrace.plan.WindowAggregate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans a query whose result is kept: refuses what cannot be kept up to date, and finds its key. */
final class StandingPlanner {
    private final @Nullable SourcePosition position;
    private final String place;

    private StandingPlanner(@Nullable SourcePosition position, String place) {
        this.position = position;
        this.place = place;
    }

    /**
     * @param position of the query
     * @param place where it stands, for messages: «in a materialized view»
     */
    static StandingQuery plan(
            PlanNode planned, CatalogSnapshot catalog, @Nullable SourcePosition position, String place) {
        PlanNode root = unordered(planned);
        new StandingPlanner(position, place).check(root);
        return new StandingQuery(root, ChangeKind.of(root) == ChangeKind.APPEND, UniqueKeys.of(root, catalog));
    }

    /** The rows of a view have no order, unless there is a limit to their number. */
    private static PlanNode unordered(PlanNode node) {
        return node instanceof Sort sort && sort.fetch() == Limit.ALL && sort.offset() == 0
                ? unordered(sort.input())
                : node;
    }

    private void check(PlanNode node) {
        if (node instanceof Sort || node instanceof Limit) {
            throw refused("LIMIT " + place, "Leave it out, or limit a query that reads the rows once.");
        }
        if (node instanceof SystemScan scan) {
            throw new MillraceException(
                    ErrorCode.NOT_SUPPORTED,
                    "\"sys." + scan.tableName() + "\" " + place + " is not supported",
                    "System tables do not say when they change; create a plain view.",
                    position,
                    null);
        }
        if (node instanceof FilterProject project) {
            project.projections().forEach(this::check);
            if (project.condition() != null) {
                check(project.condition());
            }
        }
        boolean isChanging = node.inputs().stream().anyMatch(input -> ChangeKind.of(input) == ChangeKind.CHANGE);
        aggregates(node).forEach(call -> check(call, isChanging));
        node.inputs().forEach(this::check);
    }

    private static List<AggregateCall> aggregates(PlanNode node) {
        if (node instanceof HashAggregate aggregate) {
            return aggregate.aggregates();
        }
        if (node instanceof GroupingSetsAggregate aggregate) {
            return aggregate.aggregates();
        }
        return node instanceof WindowAggregate aggregate ? aggregate.aggregates() : List.of();
    }

    private void check(AggregateCall call, boolean isChanging) {
        if (isChanging && !call.function().isRetractable()) {
            throw refused(
                    call.function() + " over rows that can go again",
                    "A sketch cannot take a value away; use the exact function.");
        }
    }

    private void check(Expression expression) {
        if (!(expression instanceof Call call)) {
            return;
        }
        if (call.function() == ScalarFunction.CURRENT_TIMESTAMP) {
            throw refused(
                    "the current time " + place,
                    "Compare with it in the query that reads the view, or use the append time, rowtime.");
        }
        if (call.function() == ScalarFunction.READ_POSITION) {
            throw refused(
                    "MR_POSITION() " + place, "Ask for it in a query that runs once; mr_pos tells it of changes.");
        }
        call.arguments().forEach(this::check);
    }

    private MillraceException refused(String what, String hint) {
        return new MillraceException(ErrorCode.NOT_SUPPORTED, what + " is not supported", hint, position, null);
    }
}
