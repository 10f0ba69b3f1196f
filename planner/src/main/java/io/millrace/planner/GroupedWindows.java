package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.WindowSpec;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.jspecify.annotations.Nullable;

/** {@code FROM t GROUP BY HOP(ts, slide, size)} with {@code HOP_END(…)} becomes the table function. */
final class GroupedWindows {
    private static final List<String> FUNCTIONS = List.of("TUMBLE", "HOP", "SESSION", "CUMULATE");
    private static final Map<String, String> COLUMNS = Map.of(
            "START", WindowTableFunction.START,
            "END", WindowTableFunction.END,
            "ROWTIME", WindowTableFunction.TIME);

    private GroupedWindows() {}

    /** Rewrites a SELECT in place; returns the window, or null when it groups by none. */
    static @Nullable SqlNode rewrite(SqlSelect select) {
        SqlNodeList group = select.getGroup();
        SqlNode from = select.getFrom();
        SqlNode window = group == null ? null : Nodes.find(group, GroupedWindows::isWindow);
        if (group == null || from == null || window == null) {
            return null;
        }
        SqlCall call = (SqlCall) window;
        String function = Nodes.functionName(call);
        SqlNode data = Nodes.withoutAlias(from);
        if (data.getKind() == SqlKind.COLLECTION_TABLE) {
            throw wrong("a window over a window", call);
        }
        SqlIdentifier alias = Nodes.alias(from);
        if (alias == null && data instanceof SqlIdentifier name) {
            alias = Nodes.identifier(Nodes.lastName(name), name.getParserPosition());
        }
        WindowCall windowCall =
                new WindowCall(data, timeColumn(call), null, spec(call, function), call.getParserPosition());
        SqlNode table = windowCall.toTableFunction();
        select.setFrom(alias == null ? table : Nodes.as(table, alias));
        replaceGroup(select, group, call);
        select.setSelectList((SqlNodeList) columns(select.getSelectList()));
        SqlNode having = select.getHaving();
        if (having != null) {
            select.setHaving(columns(having));
        }
        return window;
    }

    private static boolean isWindow(SqlNode node) {
        return FUNCTIONS.contains(Nodes.functionName(node));
    }

    /** The functions of a window's bounds as columns. */
    static SqlNode columns(SqlNode node) {
        return Nodes.replace(node, part -> {
            String column = boundColumn(Nodes.functionName(part));
            return column == null ? null : Nodes.identifier(column, part.getParserPosition());
        });
    }

    /** The column for HOP_START and the like; null for other functions. */
    private static @Nullable String boundColumn(String function) {
        int end = function.indexOf('_');
        return end > 0 && FUNCTIONS.contains(function.substring(0, end))
                ? COLUMNS.get(function.substring(end + 1))
                : null;
    }

    private static SqlIdentifier timeColumn(SqlCall call) {
        if (call.operandCount() > 0 && call.operand(0) instanceof SqlIdentifier column) {
            return Nodes.identifier(Nodes.lastName(column), column.getParserPosition());
        }
        throw wrong("the first argument of a window must be a column", call);
    }

    private static WindowSpec spec(SqlCall call, String function) {
        List<SqlNode> operands = call.getOperandList();
        int durations = function.equals("HOP") || function.equals("CUMULATE") ? 2 : 1;
        int most = function.equals("SESSION") ? 2 : 2 + durations;
        if (operands.size() < 1 + durations || operands.size() > most) {
            throw wrong("wrong number of arguments for " + function, call);
        }
        SqlNode offset = operands.size() == 2 + durations ? operands.get(1 + durations) : null;
        return switch (function) {
            case "TUMBLE" -> WindowCall.tumble(operands.get(1), offset);
            case "HOP" -> WindowCall.hop(operands.get(2), operands.get(1), offset);
            case "CUMULATE" -> WindowCall.cumulate(operands.get(2), operands.get(1), offset);
            default -> WindowCall.session(operands.get(1));
        };
    }

    private static void replaceGroup(SqlSelect select, SqlNodeList group, SqlCall window) {
        SqlNodeList replaced = new SqlNodeList(group.getParserPosition());
        for (SqlNode item : group) {
            if (item == window) {
                replaced.add(Nodes.identifier(WindowTableFunction.START, item.getParserPosition()));
                replaced.add(Nodes.identifier(WindowTableFunction.END, item.getParserPosition()));
                if (usesTime(select)) {
                    replaced.add(Nodes.identifier(WindowTableFunction.TIME, item.getParserPosition()));
                }
            } else if (isWindow(item)) {
                throw wrong("a query groups by one window at most", item);
            } else {
                replaced.add(item);
            }
        }
        select.setGroupBy(replaced);
    }

    private static boolean usesTime(SqlSelect select) {
        return Nodes.find(
                        select.getSelectList(), part -> Nodes.functionName(part).endsWith("_ROWTIME"))
                != null;
    }

    private static MillraceException wrong(String message, SqlNode place) {
        return new MillraceException(
                ErrorCode.INVALID_STATEMENT,
                message,
                "It is written GROUP BY TUMBLE(ts, size), HOP(ts, slide, size), CUMULATE(ts, step, size) or SESSION(ts, gap).",
                Nodes.position(place),
                null);
    }
}
