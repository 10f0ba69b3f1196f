package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.WindowSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/** Reads {@code HOP(TABLE t, DESCRIPTOR(ts), slide, size [, offset])} and the like, by position or by name. */
final class WindowFunctionArguments {
    private static final Map<String, List<String>> PARAMETERS = Map.of(
            "TUMBLE", List.of("DATA", "TIMECOL", "SIZE", "OFFSET"),
            "HOP", List.of("DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"),
            "CUMULATE", List.of("DATA", "TIMECOL", "STEP", "SIZE", "OFFSET"),
            "SESSION", List.of("DATA", "TIMECOL", "GAP"));
    private static final Map<String, String> SYNONYMS = Map.of("MAX_SIZE", "SIZE", "MAXSIZE", "SIZE");

    private final SqlCall call;
    private final String function;
    private final Map<String, SqlNode> arguments = new LinkedHashMap<>();

    private WindowFunctionArguments(SqlCall call, String function) {
        this.call = call;
        this.function = function;
    }

    /** Null when the table function is not a window. */
    static @Nullable WindowCall read(SqlNode node) {
        String function = Nodes.functionName(node);
        if (!PARAMETERS.containsKey(function)) {
            return null;
        }
        return new WindowFunctionArguments((SqlCall) node, function).read();
    }

    private WindowCall read() {
        List<String> parameters = parameters();
        int position = 0;
        for (SqlNode operand : call.getOperandList()) {
            if (operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                SqlIdentifier name = ((SqlCall) operand).operand(1);
                put(name.getSimple().toUpperCase(Locale.ROOT), ((SqlCall) operand).operand(0), operand);
            } else if (position < parameters.size()) {
                put(parameters.get(position++), operand, operand);
            } else {
                throw wrong("too many arguments for " + function, operand);
            }
        }
        SqlNode data = required("DATA");
        SqlIdentifier time = timeColumn(required("TIMECOL"));
        WindowSpec window = window(arguments.get("OFFSET"));
        List<SqlNode> partition = List.of();
        if (data.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
            partition = partition((SqlCall) data);
            data = ((SqlCall) data).operand(0);
        }
        return new WindowCall(table(data), time, partition, window, call.getParserPosition());
    }

    private WindowSpec window(@Nullable SqlNode offset) {
        return switch (function) {
            case "TUMBLE" -> WindowCall.tumble(required("SIZE"), offset);
            case "HOP" -> WindowCall.hop(required("SIZE"), required("SLIDE"), offset);
            case "CUMULATE" -> WindowCall.cumulate(required("SIZE"), required("STEP"), offset);
            default -> WindowCall.session(required("GAP"));
        };
    }

    private List<SqlNode> partition(SqlCall table) {
        SqlNodeList columns = table.operand(1);
        SqlNodeList order = table.operand(2);
        if (!order.isEmpty()) {
            throw MillraceException.notSupported("ORDER BY in a table function", Nodes.position(order));
        }
        if (!function.equals("SESSION") && !columns.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    function + " has no PARTITION BY",
                    "Its windows are the same for all rows: leave PARTITION BY out.",
                    Nodes.position(columns),
                    null);
        }
        for (SqlNode column : columns) {
            if (!(column instanceof SqlIdentifier name) || !name.isSimple()) {
                throw wrong("PARTITION BY in a table function must name columns", column);
            }
        }
        return List.copyOf(columns.getList());
    }

    private List<String> parameters() {
        return java.util.Objects.requireNonNull(PARAMETERS.get(function));
    }

    private void put(String given, SqlNode value, SqlNode place) {
        String name = SYNONYMS.getOrDefault(given, given);
        if (!parameters().contains(name)) {
            throw wrong(function + " has no argument \"" + name.toLowerCase(Locale.ROOT) + "\"", place);
        }
        if (arguments.put(name, value) != null) {
            throw wrong(name + " is given twice", place);
        }
    }

    private SqlNode required(String name) {
        SqlNode argument = arguments.get(name);
        if (argument == null) {
            throw wrong(function + " needs its argument " + name, call);
        }
        return argument;
    }

    private static SqlNode table(SqlNode node) {
        return node.getKind() == SqlKind.EXPLICIT_TABLE ? ((SqlCall) node).operand(0) : node;
    }

    private SqlIdentifier timeColumn(SqlNode node) {
        if (Nodes.functionName(node).equals("DESCRIPTOR")
                && ((SqlCall) node).operandCount() == 1
                && ((SqlCall) node).operand(0) instanceof SqlIdentifier column
                && column.isSimple()) {
            return column;
        }
        throw wrong("the time column of " + function + " must be DESCRIPTOR(column)", node);
    }

    private MillraceException wrong(String message, SqlNode place) {
        return new MillraceException(
                ErrorCode.INVALID_STATEMENT,
                message,
                "It is written " + function + form(),
                Nodes.position(place),
                null);
    }

    private String form() {
        return switch (function) {
            case "TUMBLE" -> "(TABLE t, DESCRIPTOR(c), SIZE => d [, \"OFFSET\" => d]).";
            case "HOP" -> "(TABLE t, DESCRIPTOR(c), SLIDE => d, SIZE => d [, \"OFFSET\" => d]).";
            case "CUMULATE" -> "(TABLE t, DESCRIPTOR(c), STEP => d, SIZE => d [, \"OFFSET\" => d]).";
            default -> "(TABLE t [PARTITION BY k], DESCRIPTOR(c), GAP => d).";
        };
    }
}
