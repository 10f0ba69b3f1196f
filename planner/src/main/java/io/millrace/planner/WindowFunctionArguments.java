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
import org.jspecify.annotations.Nullable;

/** Reads {@code HOP(TABLE t, DESCRIPTOR(ts), slide, size [, offset])} and the like, by position or by name. */
final class WindowFunctionArguments {
    private static final Map<String, List<String>> PARAMETERS = Map.of(
            "TUMBLE", List.of("DATA", "TIMECOL", "SIZE", "OFFSET"),
            "HOP", List.of("DATA", "TIMECOL", "SLIDE", "SIZE", "OFFSET"));
    private static final List<String> LATER = List.of("CUMULATE", "SESSION");

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
        if (LATER.contains(function)) {
            throw MillraceException.notSupported(function, Nodes.position(node));
        }
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
        SqlNode size = required("SIZE");
        SqlNode slide = function.equals("HOP") ? required("SLIDE") : null;
        WindowSpec window = WindowCall.spec(size, slide, arguments.get("OFFSET"));
        return new WindowCall(
                data(required("DATA")), timeColumn(required("TIMECOL")), window, call.getParserPosition());
    }

    private List<String> parameters() {
        return java.util.Objects.requireNonNull(PARAMETERS.get(function));
    }

    private void put(String name, SqlNode value, SqlNode place) {
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

    private static SqlNode data(SqlNode node) {
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
                "It is written " + function + "(TABLE t, DESCRIPTOR(c), "
                        + (function.equals("HOP") ? "SLIDE => d, " : "") + "SIZE => d [, \"OFFSET\" => d]).",
                Nodes.position(place),
                null);
    }
}
