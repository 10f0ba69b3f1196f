package io.millrace.planner;

import io.millrace.catalog.Relation;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.TableDefinition;
import io.millrace.catalog.ViewDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.Positions;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.JoinKind;
import io.millrace.plan.Limit;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.Sort;
import io.millrace.plan.StreamScan;
import io.millrace.plan.SystemScan;
import io.millrace.plan.TableScan;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAssign;
import io.millrace.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Relational expressions to plan nodes, bottom up. */
final class PhysicalPlanner {
    private final RexBuilder rexBuilder;

    PhysicalPlanner(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    PlanNode plan(RelNode node) {
        PlanningBudget.current().check();
        if (node instanceof org.apache.calcite.rel.core.TableScan scan) {
            return scan(scan);
        }
        if (node instanceof Project project) {
            return project(project);
        }
        if (node instanceof Filter filter) {
            PlanNode input = plan(filter.getInput());
            return FilterProjects.filter(input, translator(input).translate(filter.getCondition()));
        }
        if (node instanceof Aggregate aggregate) {
            return new AggregatePlanner(aggregate, plan(aggregate.getInput())).plan();
        }
        if (node instanceof TableFunctionScan function) {
            return window(function);
        }
        if (node instanceof org.apache.calcite.rel.core.Sort sort) {
            return sort(sort);
        }
        if (node instanceof org.apache.calcite.rel.core.Values values) {
            return ValuesPlanner.literals(values);
        }
        if (node instanceof SetOp operation) {
            return SetOperations.plan(
                    operation, operation.getInputs().stream().map(this::plan).toList());
        }
        if (node instanceof org.apache.calcite.rel.core.Join join) {
            return join(join);
        }
        throw MillraceException.notSupported(node.getRelTypeName(), null);
    }

    private PlanNode join(org.apache.calcite.rel.core.Join join) {
        JoinKind kind = Joins.kind(join.getJoinType());
        if (kind == null) {
            throw MillraceException.notSupported(join.getJoinType() + " JOIN", null);
        }
        PlanNode left = plan(join.getLeft());
        PlanNode right = plan(join.getRight());
        List<DataType> types = new ArrayList<>(left.rowType().types());
        types.addAll(right.rowType().types());
        Expression condition = new ExpressionTranslator(types, rexBuilder).translate(join.getCondition());
        List<Expression> conditions = Expressions.conjuncts(condition);
        PlanNode values = kind == JoinKind.LEFT ? SingleValues.withoutAggregate(right, left, conditions) : null;
        return values == null
                ? Joins.join(left, right, kind, conditions)
                : Joins.join(left, values, JoinKind.SINGLE, conditions);
    }

    private ExpressionTranslator translator(PlanNode input) {
        return new ExpressionTranslator(input.rowType().types(), rexBuilder);
    }

    private static PlanNode scan(org.apache.calcite.rel.core.TableScan scan) {
        CatalogSchema.RelationTable readable =
                Objects.requireNonNull(scan.getTable().unwrap(CatalogSchema.RelationTable.class), "not of our catalog");
        Relation relation = readable.relation();
        RowType rowType = new RowType(readable.fields());
        List<Integer> columns = IntStream.range(0, rowType.size()).boxed().toList();
        if (relation instanceof StreamDefinition stream) {
            return new StreamScan(stream.id(), stream.name(), columns, readable.isLateOnly(), rowType);
        }
        if (relation instanceof TableDefinition table) {
            return new TableScan(table.id(), table.name(), TableScan.Source.TABLE, columns, rowType);
        }
        if (relation instanceof ViewDefinition view && view.query() != null) {
            TableScan.Source source =
                    view.query().appendOnly() ? TableScan.Source.APPEND_ONLY_VIEW : TableScan.Source.VIEW;
            return new TableScan(view.id(), view.name(), source, columns, rowType);
        }
        return new SystemScan(relation.name(), columns, rowType);
    }

    private PlanNode project(Project project) {
        PlanNode input = plan(project.getInput());
        List<Expression> projections = translator(input).translate(project.getProjects());
        List<String> inputNames =
                input.rowType().fields().stream().map(Field::name).toList();
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).startsWith("EXPR$") || names.get(i).startsWith("$f")) {
                names.set(i, ExpressionPrinter.name(projections.get(i), inputNames));
            }
        }
        return FilterProjects.project(input, projections, names);
    }

    private PlanNode window(TableFunctionScan scan) {
        if (!(scan.getCall() instanceof RexCall call)
                || !(call.getOperator() instanceof WindowTableFunction function)
                || scan.getInputs().size() != 1) {
            throw MillraceException.notSupported("table function " + scan.getCall(), null);
        }
        PlanNode input = plan(scan.getInput(0));
        List<Integer> columns = ((RexCall) call.getOperands().get(0))
                .getOperands().stream()
                        .map(column -> ((RexInputRef) column).getIndex())
                        .toList();
        int time = columns.get(0);
        checkTime(input, time, call);
        WindowSpec window = new WindowSpec(function.windowKind(), number(call, 1), number(call, 2), number(call, 3));
        List<Field> fields = new ArrayList<>(input.rowType().fields());
        for (String column : WindowTableFunction.COLUMNS) {
            fields.add(new Field(
                    column, DataType.timestamp(WindowTableFunction.PRECISION).notNull()));
        }
        boolean isGrouped = function == WindowTableFunction.GROUPED_SESSION;
        List<Integer> partition = isGrouped ? null : columns.subList(1, columns.size());
        return new WindowAssign(input, window, time, TimeAttribute.NONE, partition, new RowType(fields));
    }

    private static void checkTime(PlanNode input, int column, RexCall call) {
        DataType type = input.rowType().type(column);
        if (!type.isTimestamp()) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH,
                    "the time column \"" + input.rowType().name(column)
                            + "\" of a window must be a TIMESTAMP, but is of type " + type,
                    null,
                    Positions.start(call.getParserPosition()),
                    null);
        }
    }

    private static long number(RexCall call, int operand) {
        return Objects.requireNonNull(
                ((RexLiteral) call.getOperands().get(operand)).getValueAs(Long.class), "no literal");
    }

    private PlanNode sort(org.apache.calcite.rel.core.Sort sort) {
        PlanNode input = plan(sort.getInput());
        long offset = count(sort.offset, 0, "OFFSET");
        long fetch = count(sort.fetch, Limit.ALL, "LIMIT");
        if (sort.getCollation().getFieldCollations().isEmpty()) {
            return new Limit(input, offset, fetch, input.rowType());
        }
        return new Sort(input, SortKeys.of(sort.getCollation()), offset, fetch, input.rowType());
    }

    private static long count(@Nullable RexNode node, long otherwise, String clause) {
        if (node == null) {
            return otherwise;
        }
        if (node instanceof RexDynamicParam parameter) {
            return Limit.parameter(parameter.getIndex());
        }
        if (node instanceof RexLiteral literal && literal.getValue() instanceof java.math.BigDecimal number) {
            if (number.signum() >= 0 && number.stripTrailingZeros().scale() <= 0) {
                return number.min(java.math.BigDecimal.valueOf(Limit.ALL)).longValue();
            }
        }
        throw new MillraceException(ErrorCode.INVALID_PARAMETER, clause + " must be a whole number, not negative");
    }
}
