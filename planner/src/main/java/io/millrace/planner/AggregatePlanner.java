package io.millrace.planner;

import io.millrace.error.MillraceException;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Call;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.GroupingSetsAggregate;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** One grouping, or several of the same input, to plan nodes. */
final class AggregatePlanner {
    private final Aggregate aggregate;
    private final PlanNode given;
    private final List<Integer> keys;
    /** The input's columns, then those that tell which rows a COUNT of several values counts. */
    private final List<Expression> columns;

    AggregatePlanner(Aggregate aggregate, PlanNode input) {
        this.aggregate = aggregate;
        given = input;
        keys = aggregate.getGroupSet().asList();
        columns = FilterProjects.columns(input.rowType());
    }

    PlanNode plan() {
        List<AggregateCall> calls = new ArrayList<>();
        for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
            if (!isConstant(call)) {
                calls.add(call(call));
            }
        }
        PlanNode input = input();
        List<String> names = names(input, calls);
        boolean hasSets = aggregate.getGroupType() != Aggregate.Group.SIMPLE;
        if (!hasSets && calls.size() == aggregate.getAggCallList().size()) {
            return simple(input, calls, names);
        }
        List<List<Integer>> sets = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            sets.add(set.asList().stream().map(keys::indexOf).toList());
        }
        PlanNode grouped = hasSets
                ? new GroupingSetsAggregate(input, keys, sets, calls, type(input, calls, names, true))
                : withNumber(simple(input, calls, names));
        return withGrouping(grouped, sets, names);
    }

    private PlanNode simple(PlanNode input, List<AggregateCall> calls, List<String> names) {
        PlanNode windowed = WindowAggregates.match(input, keys, calls, names);
        return windowed != null ? windowed : new HashAggregate(input, keys, calls, type(input, calls, names, false));
    }

    private PlanNode input() {
        if (columns.size() == given.rowType().size()) {
            return given;
        }
        List<String> names = new ArrayList<>(fieldNames(given));
        for (Expression added : columns.subList(names.size(), columns.size())) {
            names.add(ExpressionPrinter.print(added, fieldNames(given)));
        }
        return FilterProjects.project(given, columns, names);
    }

    private static List<String> fieldNames(PlanNode node) {
        return node.rowType().fields().stream().map(Field::name).toList();
    }

    /** The names of keys and calls; aggregates without an alias are called by what they compute. */
    private List<String> names(PlanNode input, List<AggregateCall> calls) {
        List<String> names =
                new ArrayList<>(aggregate.getRowType().getFieldNames().subList(0, keys.size()));
        calls.forEach(call -> names.add(ExpressionPrinter.aggregate(call, fieldNames(input))));
        return names;
    }

    private RowType type(PlanNode input, List<AggregateCall> calls, List<String> names, boolean hasSets) {
        List<Field> fields = new ArrayList<>();
        for (int key : keys) {
            DataType type = input.rowType().type(key);
            fields.add(new Field(names.get(fields.size()), hasSets ? type.withNullable(true) : type));
        }
        for (AggregateCall call : calls) {
            fields.add(new Field(names.get(fields.size()), call.type()));
        }
        if (hasSets) {
            fields.add(new Field("grouping", DataType.of(Kind.BIGINT).notNull()));
        }
        return new RowType(fields);
    }

    private AggregateCall call(org.apache.calcite.rel.core.AggregateCall call) {
        AggregateFunction function = function(call);
        Integer argument =
                call.getArgList().isEmpty() ? null : call.getArgList().get(0);
        Integer filter = call.filterArg < 0 ? null : call.filterArg;
        if (function.keepsValues()) {
            return ordered(call, function, filter);
        }
        DataType type = ExpressionTranslator.type(call.getType());
        if (function == AggregateFunction.APPROX_PERCENTILE) {
            return percentile(call, filter);
        }
        if (function == AggregateFunction.ARG_MIN || function == AggregateFunction.ARG_MAX) {
            return argument(call, function, filter);
        }
        if (call.getArgList().size() > 1) {
            if (call.isDistinct()) {
                throw MillraceException.notSupported("COUNT(DISTINCT …) of several values", null);
            }
            filter = countable(call.getArgList(), filter);
            argument = null;
        }
        if (argument != null && keepsType(function)) {
            type = given.rowType().type(argument).withNullable(type.nullable());
        }
        boolean distinct = call.isDistinct() && countsTwice(function);
        return new AggregateCall(function, argument, filter, distinct, type);
    }

    private AggregateCall ordered(
            org.apache.calcite.rel.core.AggregateCall call, AggregateFunction function, @Nullable Integer filter) {
        List<Integer> arguments = call.getArgList();
        int values = arguments.get(0);
        List<SortKey> order = SortKeys.of(call.getCollation());
        if (call.isDistinct() && order.stream().anyMatch(key -> key.column() != values)) {
            throw MillraceException.notSupported(function + "(DISTINCT …) in the order of something else", null);
        }
        DataType given = columns.get(values).type();
        if (function == AggregateFunction.ARRAY_AGG && !ArrayFunctions.isElement(given)) {
            throw MillraceException.notSupported("ARRAY_AGG of " + given, null);
        }
        return new AggregateCall(
                function,
                values,
                arguments.size() > 1 ? arguments.get(1) : null,
                order,
                filter,
                call.isDistinct(),
                function == AggregateFunction.LISTAGG ? DataType.varchar() : DataType.array(given));
    }

    /** It does not matter how often a row comes. */
    private AggregateCall argument(
            org.apache.calcite.rel.core.AggregateCall call, AggregateFunction function, @Nullable Integer filter) {
        int value = call.getArgList().get(0);
        int compared = call.getArgList().get(1);
        DataType type = columns.get(value).type().withNullable(true);
        return new AggregateCall(function, value, compared, List.of(), filter, false, type);
    }

    private AggregateCall percentile(org.apache.calcite.rel.core.AggregateCall call, @Nullable Integer filter) {
        List<Integer> arguments = call.getArgList();
        return new AggregateCall(
                AggregateFunction.APPROX_PERCENTILE,
                asDouble(arguments.get(0)),
                asDouble(arguments.get(1)),
                List.of(),
                filter,
                call.isDistinct(),
                DataType.of(Kind.DOUBLE));
    }

    /** The column, or one of its values as doubles. */
    private int asDouble(int column) {
        Expression value = columns.get(column);
        if (value.type().kind() == Kind.DOUBLE) {
            return column;
        }
        columns.add(Coercions.explicitCast(
                value, DataType.of(Kind.DOUBLE).withNullable(value.type().nullable())));
        return columns.size() - 1;
    }

    private static boolean keepsType(AggregateFunction function) {
        return function == AggregateFunction.MIN
                || function == AggregateFunction.MAX
                || function == AggregateFunction.SINGLE_VALUE;
    }

    /** Whether it matters how often a value comes. */
    private static boolean countsTwice(AggregateFunction function) {
        switch (function) {
            case MIN:
            case MAX:
            case BIT_AND:
            case BIT_OR:
            case APPROX_COUNT_DISTINCT:
                return false;
            default:
                return true;
        }
    }

    /** A column that is true where no argument is NULL and the filter is true. */
    private Integer countable(List<Integer> arguments, @Nullable Integer filter) {
        DataType truth = DataType.of(Kind.BOOLEAN).notNull();
        List<Expression> conditions = new ArrayList<>();
        for (int argument : arguments) {
            conditions.add(Call.of(ScalarFunction.IS_NOT_NULL, truth, columns.get(argument)));
        }
        if (filter != null) {
            conditions.add(columns.get(filter));
        }
        columns.add(new Call(
                ScalarFunction.AND,
                conditions,
                truth.withNullable(filter != null && columns.get(filter).type().nullable())));
        return columns.size() - 1;
    }

    private static AggregateFunction function(org.apache.calcite.rel.core.AggregateCall call) {
        if (call.getAggregation() instanceof OwnAggregate own) {
            return own.function();
        }
        switch (call.getAggregation().getKind()) {
            case COUNT:
                return AggregateFunction.COUNT;
            case SUM:
                return AggregateFunction.SUM;
            case AVG:
                return AggregateFunction.AVG;
            case MIN:
            case ANY_VALUE:
                return AggregateFunction.MIN;
            case MAX:
                return AggregateFunction.MAX;
            case VAR_POP:
                return AggregateFunction.VAR_POP;
            case VAR_SAMP:
                return AggregateFunction.VAR_SAMP;
            case STDDEV_POP:
                return AggregateFunction.STDDEV_POP;
            case STDDEV_SAMP:
                return AggregateFunction.STDDEV_SAMP;
            case BIT_AND:
                return AggregateFunction.BIT_AND;
            case BIT_OR:
                return AggregateFunction.BIT_OR;
            case BIT_XOR:
                return AggregateFunction.BIT_XOR;
            case SINGLE_VALUE:
                return AggregateFunction.SINGLE_VALUE;
            case LISTAGG:
                return AggregateFunction.LISTAGG;
            case ARRAY_AGG:
                return AggregateFunction.ARRAY_AGG;
            default:
                throw MillraceException.notSupported(
                        "aggregate function \""
                                + call.getAggregation().getName().toLowerCase(Locale.ROOT) + "\"",
                        null);
        }
    }

    /** Whether a call has the same value for all groups of a grouping, whatever their rows. */
    private static boolean isConstant(org.apache.calcite.rel.core.AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.GROUPING || kind == SqlKind.GROUPING_ID || kind == SqlKind.LITERAL_AGG;
    }

    private static PlanNode withNumber(PlanNode node) {
        List<Expression> projections = FilterProjects.columns(node.rowType());
        projections.add(new Constant(0L, DataType.of(Kind.BIGINT).notNull()));
        List<String> names = new ArrayList<>(fieldNames(node));
        names.add("grouping");
        return FilterProjects.project(node, projections, names);
    }

    /** Keys and calls in the order of the aggregate, constants told from the number of the grouping. */
    private PlanNode withGrouping(PlanNode grouped, List<List<Integer>> sets, List<String> names) {
        List<Expression> given = FilterProjects.columns(grouped.rowType());
        Expression number = given.get(given.size() - 1);
        List<Expression> projections = new ArrayList<>(given.subList(0, keys.size()));
        List<String> projectedNames = new ArrayList<>(names.subList(0, keys.size()));
        int next = keys.size();
        for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
            if (isConstant(call)) {
                projections.add(constant(call, sets, number));
                projectedNames.add(call.getAggregation().getName());
            } else {
                projections.add(given.get(next));
                projectedNames.add(names.get(next++));
            }
        }
        return FilterProjects.project(grouped, projections, projectedNames);
    }

    private Expression constant(
            org.apache.calcite.rel.core.AggregateCall call, List<List<Integer>> sets, Expression number) {
        return call.getAggregation().getKind() == SqlKind.LITERAL_AGG
                ? Literals.constant((RexLiteral) call.rexList.get(0))
                : grouping(call, sets, number);
    }

    /** A bit per argument, the last one lowest: 1 where the grouping does not have it. */
    private Expression grouping(
            org.apache.calcite.rel.core.AggregateCall call, List<List<Integer>> sets, Expression number) {
        DataType type = ExpressionTranslator.type(call.getType());
        List<Long> values = new ArrayList<>();
        for (List<Integer> set : sets) {
            long bits = 0;
            for (int argument : call.getArgList()) {
                bits = bits << 1 | (set.contains(keys.indexOf(argument)) ? 0 : 1);
            }
            values.add(bits);
        }
        if (values.stream().distinct().count() == 1) {
            return new Constant(values.get(0), type);
        }
        List<Expression> branches = new ArrayList<>();
        IntStream.range(0, values.size() - 1).forEach(set -> {
            branches.add(Call.of(
                    ScalarFunction.EQUALS,
                    DataType.of(Kind.BOOLEAN).notNull(),
                    number,
                    new Constant((long) set, number.type())));
            branches.add(new Constant(values.get(set), type));
        });
        branches.add(new Constant(values.get(values.size() - 1), type));
        return new Call(ScalarFunction.CASE, branches, type);
    }
}
