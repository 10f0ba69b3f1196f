package io.millrace.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/** How calls become expressions: as Calcite has it, but for those that the plan has as they are. */
final class Convertlets {
    /** (unit, from, to). */
    private static final SqlFunction TIMESTAMPDIFF =
            Functions.function("$TIMESTAMPDIFF", ReturnTypes.BIGINT_NULLABLE, OperandTypes.VARIADIC);

    /** JDBC's names of units. */
    private static final String JDBC_PREFIX = "SQL_TSI_";

    private static final Set<String> ADDITIONS = Set.of("DATE_ADD", "DATETIME_ADD", "TIMESTAMP_ADD", "TIME_ADD");
    private static final Set<String> SUBTRACTIONS = Set.of("DATE_SUB", "DATETIME_SUB", "TIMESTAMP_SUB", "TIME_SUB");

    private Convertlets() {}

    static @Nullable SqlRexConvertlet get(SqlCall call) {
        PlanningBudget.current().check();
        if (call.getKind() == SqlKind.IS_DISTINCT_FROM || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM) {
            return Convertlets::unchanged;
        }
        if (call.getOperator() == DatetimeMinus.INSTANCE) {
            return DatetimeMinus::convert;
        }
        if (call.getKind() == SqlKind.CAST && FormattedCasts.isOne(call)) {
            return FormattedCasts::convert;
        }
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        if (name.equals("TIMESTAMPDIFF")) {
            return Convertlets::difference;
        }
        if (call.operandCount() == 2 && (ADDITIONS.contains(name) || SUBTRACTIONS.contains(name))) {
            return Convertlets::sum;
        }
        if (call.operandCount() == 3 && name.equals("TIMESTAMP_DIFF")) {
            return Convertlets::wholeUnits;
        }
        if (call.operandCount() == 3 && (name.equals("DATE_DIFF") || name.equals("DATETIME_DIFF"))) {
            return Convertlets::boundaries;
        }
        return StandardConvertletTable.INSTANCE.get(call);
    }

    private static RexNode unchanged(SqlRexContext context, SqlCall call) {
        return context.getRexBuilder()
                .makeCall(
                        call.getParserPosition(),
                        call.getOperator(),
                        List.of(
                                context.convertExpression(call.operand(0)),
                                context.convertExpression(call.operand(1))));
    }

    private static RexNode sum(SqlRexContext context, SqlCall call) {
        boolean add = ADDITIONS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
        return context.getRexBuilder()
                .makeCall(
                        call.getParserPosition(),
                        type(context, call),
                        add ? SqlStdOperatorTable.DATETIME_PLUS : SqlStdOperatorTable.MINUS_DATE,
                        List.of(
                                context.convertExpression(call.operand(0)),
                                context.convertExpression(call.operand(1))));
    }

    /** (unit, from, to); Calcite's own form divides an interval, which forgets about the lengths of months. */
    private static RexNode difference(SqlRexContext context, SqlCall call) {
        return difference(
                context,
                call,
                unit(call.operand(0)),
                context.convertExpression(call.operand(1)),
                context.convertExpression(call.operand(2)));
    }

    /** (to, from, unit). */
    private static RexNode wholeUnits(SqlRexContext context, SqlCall call) {
        return difference(
                context,
                call,
                unit(call.operand(2)),
                context.convertExpression(call.operand(1)),
                context.convertExpression(call.operand(0)));
    }

    /** (to, from, unit): how often a unit begins between the two. */
    private static RexNode boundaries(SqlRexContext context, SqlCall call) {
        String unit = unit(call.operand(2));
        return difference(
                context, call, unit, floor(context, call.operand(1), unit), floor(context, call.operand(0), unit));
    }

    private static RexNode floor(SqlRexContext context, SqlNode operand, String unit) {
        RexNode value = context.convertExpression(operand);
        return context.getRexBuilder()
                .makeCall(
                        value.getType(),
                        SqlStdOperatorTable.FLOOR,
                        List.of(value, context.getRexBuilder().makeFlag(TimeUnitRange.valueOf(unit))));
    }

    private static RexNode difference(SqlRexContext context, SqlCall call, String unit, RexNode from, RexNode to) {
        List<RexNode> operands = new ArrayList<>();
        operands.add(context.getRexBuilder().makeLiteral(unit));
        operands.add(from);
        operands.add(to);
        return context.getRexBuilder().makeCall(call.getParserPosition(), type(context, call), TIMESTAMPDIFF, operands);
    }

    private static RelDataType type(SqlRexContext context, SqlCall call) {
        return Objects.requireNonNull(context.getValidator()).getValidatedNodeType(call);
    }

    private static String unit(SqlNode node) {
        SqlIntervalQualifier qualifier = (SqlIntervalQualifier) node;
        String name = qualifier.timeFrameName == null ? qualifier.getUnit().name() : qualifier.timeFrameName;
        String upper = name.toUpperCase(Locale.ROOT);
        String unit = upper.startsWith(JDBC_PREFIX) ? upper.substring(JDBC_PREFIX.length()) : upper;
        return unit.equals("FRAC_SECOND") ? "MICROSECOND" : unit;
    }
}
