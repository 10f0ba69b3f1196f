package io.millrace.planner;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.ExpressionVisitor;
import io.millrace.plan.Parameter;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.SortKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Expressions as SQL. */
final class ExpressionPrinter implements ExpressionVisitor<String> {
    private static final Map<ScalarFunction, String> INFIX = new EnumMap<>(Map.ofEntries(
            Map.entry(ScalarFunction.EQUALS, "="),
            Map.entry(ScalarFunction.NOT_EQUALS, "<>"),
            Map.entry(ScalarFunction.LESS, "<"),
            Map.entry(ScalarFunction.LESS_OR_EQUAL, "<="),
            Map.entry(ScalarFunction.GREATER, ">"),
            Map.entry(ScalarFunction.GREATER_OR_EQUAL, ">="),
            Map.entry(ScalarFunction.IS_DISTINCT_FROM, "IS DISTINCT FROM"),
            Map.entry(ScalarFunction.IS_NOT_DISTINCT_FROM, "IS NOT DISTINCT FROM"),
            Map.entry(ScalarFunction.AND, "AND"),
            Map.entry(ScalarFunction.OR, "OR"),
            Map.entry(ScalarFunction.ADD, "+"),
            Map.entry(ScalarFunction.SUBTRACT, "-"),
            Map.entry(ScalarFunction.MULTIPLY, "*"),
            Map.entry(ScalarFunction.DIVIDE, "/"),
            Map.entry(ScalarFunction.MODULO, "%"),
            Map.entry(ScalarFunction.CONCAT, "||")));
    private static final Map<ScalarFunction, String> POSTFIX = new EnumMap<>(Map.of(
            ScalarFunction.IS_NULL, "IS NULL",
            ScalarFunction.IS_NOT_NULL, "IS NOT NULL",
            ScalarFunction.IS_TRUE, "IS TRUE",
            ScalarFunction.IS_NOT_TRUE, "IS NOT TRUE",
            ScalarFunction.IS_FALSE, "IS FALSE",
            ScalarFunction.IS_NOT_FALSE, "IS NOT FALSE"));

    private static final int NAME_LENGTH = 1_000;

    private final List<String> columns;

    private ExpressionPrinter(List<String> columns) {
        this.columns = columns;
    }

    static String print(Expression expression, List<String> columns) {
        return expression.accept(new ExpressionPrinter(columns));
    }

    /** What an unnamed column is called: the expression unless it is long, since names are parts of further names. */
    static String name(Expression expression, List<String> columns) {
        String text = print(expression, columns);
        return text.length() <= NAME_LENGTH ? text : text.substring(0, NAME_LENGTH) + "…";
    }

    static String aggregate(AggregateCall call, List<String> columns) {
        String argument = call.argument() == null ? "*" : columns.get(call.argument());
        String filter = call.filter() == null ? "" : " FILTER (WHERE " + columns.get(call.filter()) + ")";
        String second = call.second() == null ? "" : ", " + columns.get(call.second());
        String arguments = (call.distinct() ? "DISTINCT " : "") + argument + second;
        String order = order(call.order(), columns);
        if (call.function() == AggregateFunction.ARRAY_AGG) {
            return call.function() + "(" + arguments + (order.isEmpty() ? "" : " " + order) + ")" + filter;
        }
        return call.function() + "(" + arguments + ")" + (order.isEmpty() ? "" : " WITHIN GROUP (" + order + ")")
                + filter;
    }

    private static String order(List<SortKey> order, List<String> columns) {
        if (order.isEmpty()) {
            return "";
        }
        return order.stream()
                .map(key -> columns.get(key.column())
                        + (key.descending() ? " DESC" : "")
                        + (key.nullsFirst() == key.descending()
                                ? ""
                                : key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"))
                .collect(Collectors.joining(", ", "ORDER BY ", ""));
    }

    @Override
    public String visitColumn(ColumnReference column) {
        return columns.get(column.index());
    }

    @Override
    public String visitParameter(Parameter parameter) {
        return "?" + (parameter.index() + 1);
    }

    @Override
    public String visitConstant(Constant constant) {
        Object value = constant.value();
        if (value == null) {
            return "NULL";
        }
        DataType type = constant.type();
        switch (type.kind()) {
            case ARRAY:
                return ((List<?>) value)
                        .stream()
                                .map(element -> visitConstant(new Constant(element, type.elementType())))
                                .collect(Collectors.joining(", ", "ARRAY[", "]"));
            case CHAR:
            case VARCHAR:
                return "'" + value.toString().replace("'", "''") + "'";
            case VARBINARY:
                return "X'" + HexFormat.of().formatHex((byte[]) value) + "'";
            case DATE:
                return "DATE '" + LocalDate.ofEpochDay((Long) value) + "'";
            case TIME:
                return "TIME '" + LocalTime.ofNanoOfDay((Long) value * 1000) + "'";
            case TIMESTAMP:
            case TIMESTAMP_LTZ:
                return "TIMESTAMP '" + timestamp((Long) value) + "'";
            case INTERVAL_DAY_TIME:
                return "INTERVAL " + Durations.print((Long) value);
            case INTERVAL_YEAR_MONTH:
                return "INTERVAL '" + value + "' MONTH";
            default:
                return value.toString();
        }
    }

    private static String timestamp(long micros) {
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
        String text = instant.toString();
        return text.substring(0, text.length() - 1).replace('T', ' ');
    }

    @Override
    public String visitCall(Call call) {
        List<Expression> arguments = call.arguments();
        String infix = INFIX.get(call.function());
        if (infix != null) {
            return arguments.stream().map(this::operand).collect(Collectors.joining(" " + infix + " "));
        }
        String postfix = POSTFIX.get(call.function());
        if (postfix != null) {
            return operand(arguments.get(0)) + " " + postfix;
        }
        switch (call.function()) {
            case NOT:
                return "NOT " + operand(arguments.get(0));
            case NEGATE:
                return "-" + operand(arguments.get(0));
            case IN:
                return operand(arguments.get(0)) + " IN (" + list(arguments.subList(1, arguments.size())) + ")";
            case LIKE:
            case ILIKE:
                return operand(arguments.get(0)) + " " + call.function() + " " + operand(arguments.get(1))
                        + (arguments.size() > 2 ? " ESCAPE " + operand(arguments.get(2)) : "");
            case CAST:
                return "CAST(" + arguments.get(0).accept(this) + " AS " + call.type() + ")";
            case CASE:
                return cases(arguments);
            case CURRENT_TIMESTAMP:
                return "CURRENT_TIMESTAMP";
            case READ_POSITION:
                return "MR_POSITION()";
            default:
                return call.function() + "(" + list(arguments) + ")";
        }
    }

    private String cases(List<Expression> arguments) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            text.append(" WHEN ").append(arguments.get(i).accept(this));
            text.append(" THEN ").append(arguments.get(i + 1).accept(this));
        }
        return text.append(" ELSE ")
                .append(arguments.get(arguments.size() - 1).accept(this))
                .append(" END")
                .toString();
    }

    private String list(List<Expression> arguments) {
        return arguments.stream().map(argument -> argument.accept(this)).collect(Collectors.joining(", "));
    }

    private String operand(Expression expression) {
        String text = expression.accept(this);
        boolean simple = !(expression instanceof Call call)
                || (!INFIX.containsKey(call.function())
                        && !POSTFIX.containsKey(call.function())
                        && call.function() != ScalarFunction.NOT
                        && call.function() != ScalarFunction.IN
                        && call.function() != ScalarFunction.LIKE
                        && call.function() != ScalarFunction.ILIKE);
        return simple ? text : "(" + text + ")";
    }
}
