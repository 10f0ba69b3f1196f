package io.millrace.planner;

import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds {@link FilterProject}s so that a filter and the projection above it are one node. */
final class FilterProjects {
    private FilterProjects() {}

    static PlanNode filter(PlanNode input, @Nullable Expression condition) {
        if (condition == null) {
            return input;
        }
        if (input instanceof FilterProject below && below.condition() == null && readsPlain(condition, below)) {
            Expression moved = Expressions.replace(condition, below.projections());
            return new FilterProject(below.input(), moved, below.projections(), below.rowType());
        }
        return new FilterProject(input, condition, columns(input.rowType()), input.rowType());
    }

    /** Whether a condition reads nothing that {@code below} computes, so that it can come before that is computed. */
    private static boolean readsPlain(Expression condition, FilterProject below) {
        return Expressions.used(condition).stream()
                .allMatch(column -> below.projections().get(column) instanceof ColumnReference);
    }

    static PlanNode project(PlanNode input, List<Expression> projections, List<String> names) {
        RowType type = rowType(projections, names);
        if (input instanceof FilterProject below && isPermutation(below.projections())) {
            List<Expression> merged = Expressions.replace(projections, below.projections());
            return identityOr(new FilterProject(below.input(), below.condition(), merged, type));
        }
        if (input instanceof Values values && values.rows().size() == 1 && areConstant(values)) {
            return new Values(
                    List.of(Expressions.replace(projections, values.rows().get(0))), type);
        }
        return identityOr(new FilterProject(input, null, projections, type));
    }

    /** A projection that changes nothing is none. */
    static PlanNode identityOr(FilterProject node) {
        if (node.condition() == null && isIdentity(node)) {
            return node.input();
        }
        return node;
    }

    private static boolean isIdentity(FilterProject node) {
        RowType input = node.input().rowType();
        if (input.size() != node.projections().size()) {
            return false;
        }
        for (int i = 0; i < input.size(); i++) {
            if (!(node.projections().get(i) instanceof ColumnReference column) || column.index() != i) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPermutation(List<Expression> projections) {
        return projections.stream().allMatch(e -> e instanceof ColumnReference || e instanceof Constant);
    }

    private static boolean areConstant(Values values) {
        return values.rows().get(0).stream().allMatch(e -> e instanceof Constant);
    }

    static List<Expression> columns(RowType type) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            columns.add(new ColumnReference(i, type.type(i)));
        }
        return columns;
    }

    static RowType rowType(List<Expression> projections, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < projections.size(); i++) {
            fields.add(new Field(names.get(i), projections.get(i).type()));
        }
        return new RowType(fields);
    }
}
