package io.millrace.planner;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowAssign;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a grouping by window, in which no row is copied per window:
 *
 * <pre>
 * Aggregate(keys with window columns)        FilterProject(conditions on window columns; order of the columns)
 *   FilterProject                      =&gt;      WindowAggregate(other keys)
 *     WindowAssign(input)                         FilterProject(keys, arguments, time)
 *                                                   input
 * </pre>
 */
final class WindowAggregates {
    private static final DataType WINDOW_COLUMN =
            DataType.timestamp(WindowTableFunction.PRECISION).notNull();
    private static final long MICROS_PER_MILLI = 1000;

    private final WindowAssign assign;
    private final List<Expression> projections;
    private final List<Expression> conditionsAbove = new ArrayList<>();
    private final List<Expression> conditionsBelow = new ArrayList<>();
    private final List<Expression> below = new ArrayList<>();
    private final Map<Expression, Integer> belowIndex = new HashMap<>();

    private WindowAggregates(WindowAssign assign, List<Expression> projections) {
        this.assign = assign;
        this.projections = projections;
    }

    /** Null when the grouping is another one. */
    static @Nullable PlanNode match(PlanNode input, List<Integer> keys, List<AggregateCall> calls, List<String> names) {
        if (input instanceof WindowAssign assign) {
            return new WindowAggregates(assign, FilterProjects.columns(assign.rowType()))
                    .plan(null, keys, calls, names);
        }
        if (input instanceof FilterProject node && node.input() instanceof WindowAssign assign) {
            return new WindowAggregates(assign, node.projections()).plan(node.condition(), keys, calls, names);
        }
        return null;
    }

    private @Nullable PlanNode plan(
            @Nullable Expression condition, List<Integer> keys, List<AggregateCall> calls, List<String> names) {
        if (!splitConditions(condition)) {
            return null;
        }
        List<Integer> plainKeys = new ArrayList<>();
        for (int key : keys) {
            Expression projection = projections.get(key);
            if (windowColumn(projection) < 0) {
                if (readsWindow(projection)) {
                    return null;
                }
                plainKeys.add(column(projection));
            }
        }
        if (plainKeys.size() == keys.size() || !isPartition(keys) || !tellsWindows(keys)) {
            return null;
        }
        if (!calls.stream().allMatch(call -> call.function().isMergeable())) {
            return null;
        }
        List<AggregateCall> moved = new ArrayList<>();
        for (AggregateCall call : calls) {
            if (call.columns().stream().anyMatch(column -> readsWindow(projections.get(column)))) {
                return null;
            }
            moved.add(call.mapped(column -> column(projections.get(column))));
        }
        return arrange(aggregate(plainKeys, moved), keys, plainKeys.size(), names);
    }

    /** Conditions on window columns alone can wait until the window is known; those on both cannot. */
    private boolean splitConditions(@Nullable Expression condition) {
        if (condition == null) {
            return true;
        }
        int windowColumns = assign.input().rowType().size();
        for (Expression conjunct : Expressions.conjuncts(condition)) {
            BitSet used = Expressions.used(conjunct);
            if (used.length() <= windowColumns && partsSessions(used)) {
                return false;
            }
            if (used.length() <= windowColumns) {
                conditionsBelow.add(conjunct);
            } else if (used.nextSetBit(0) >= windowColumns) {
                conditionsAbove.add(conjunct);
            } else {
                return false;
            }
        }
        return true;
    }

    /** Whether no two windows have the same values in the keys; those of CUMULATE share their start. */
    private boolean tellsWindows(List<Integer> keys) {
        return assign.window().kind() != WindowSpec.Kind.CUMULATE
                || keys.stream().anyMatch(key -> windowColumn(projections.get(key)) > 0);
    }

    /** Whether leaving out rows by these columns can part or shorten a session that the others are in. */
    private boolean partsSessions(BitSet used) {
        List<Integer> partition = assign.partition();
        return assign.window().isSession()
                && partition != null
                && !used.stream().allMatch(partition::contains);
    }

    /** Whether each group of a session window is one session. */
    private boolean isPartition(List<Integer> keys) {
        List<Integer> partition = assign.partition();
        if (!assign.window().isSession() || partition == null) {
            return true;
        }
        Set<Integer> grouped = new HashSet<>();
        for (int key : keys) {
            Expression projection = projections.get(key);
            if (windowColumn(projection) < 0 && projection instanceof ColumnReference column) {
                grouped.add(column.index());
            } else if (windowColumn(projection) < 0) {
                return false;
            }
        }
        return grouped.equals(Set.copyOf(partition));
    }

    private WindowAggregate aggregate(List<Integer> keys, List<AggregateCall> calls) {
        int time = column(new ColumnReference(
                assign.timeColumn(), assign.input().rowType().type(assign.timeColumn())));
        List<String> names = new ArrayList<>();
        for (Expression expression : below) {
            names.add(
                    expression instanceof ColumnReference reference
                            ? assign.input().rowType().name(reference.index())
                            : "expression");
        }
        PlanNode input = FilterProjects.filter(assign.input(), Expressions.conjunction(conditionsBelow));
        input = FilterProjects.project(input, below, names);
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(new Field(names.get(key), below.get(key).type())));
        fields.add(new Field(WindowTableFunction.START, WINDOW_COLUMN));
        fields.add(new Field(WindowTableFunction.END, WINDOW_COLUMN));
        calls.forEach(call -> fields.add(new Field(ExpressionPrinter.aggregate(call, names), call.type())));
        return new WindowAggregate(input, assign.window(), time, TimeAttribute.NONE, keys, calls, new RowType(fields));
    }

    /** The columns in the order that the grouping has: its keys, then its aggregates. */
    private PlanNode arrange(WindowAggregate aggregate, List<Integer> keys, int plainKeys, List<String> names) {
        List<Expression> columns = new ArrayList<>();
        int plain = 0;
        for (int key : keys) {
            int window = windowColumn(projections.get(key));
            columns.add(window < 0 ? reference(aggregate, plain++) : windowColumn(aggregate, window, plainKeys));
        }
        for (int i = plainKeys + 2; i < aggregate.rowType().size(); i++) {
            columns.add(reference(aggregate, i));
        }
        List<Expression> conditions = new ArrayList<>();
        int first = assign.input().rowType().size();
        for (Expression condition : conditionsAbove) {
            conditions.add(condition.accept(new Expressions(
                    column -> windowColumn(aggregate, column.index() - first, plainKeys), parameter -> parameter)));
        }
        return FilterProjects.project(
                FilterProjects.filter(aggregate, Expressions.conjunction(conditions)), columns, names);
    }

    private static Expression windowColumn(WindowAggregate aggregate, int window, int plainKeys) {
        if (window < 2) {
            return reference(aggregate, plainKeys + window);
        }
        DataType interval = DataType.of(Kind.INTERVAL_DAY_TIME).notNull();
        return Call.of(
                ScalarFunction.SUBTRACT,
                WINDOW_COLUMN,
                reference(aggregate, plainKeys + 1),
                new Constant(MICROS_PER_MILLI, interval));
    }

    private static ColumnReference reference(WindowAggregate aggregate, int column) {
        return new ColumnReference(column, aggregate.rowType().type(column));
    }

    /** 0 for window_start, 1 for window_end, 2 for window_time, else -1. */
    private int windowColumn(Expression projection) {
        return projection instanceof ColumnReference column
                ? Math.max(-1, column.index() - assign.input().rowType().size())
                : -1;
    }

    private boolean readsWindow(Expression expression) {
        return Expressions.used(expression).length() > assign.input().rowType().size();
    }

    private int column(Expression expression) {
        return belowIndex.computeIfAbsent(expression, added -> {
            below.add(added);
            return below.size() - 1;
        });
    }
}
