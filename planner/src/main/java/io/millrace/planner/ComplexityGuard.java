package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import io.millrace.error.MillraceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Refuses statements that would cost too much, and flattens long chains of AND and OR, which are deep but harmless. */
final class ComplexityGuard {
    /** A node that is short for much may come to so many times the limit. */
    private static final int EXPANSION = 10;

    private static final long MOST = 1L << 30;

    /** A node and how deep it lies; a chain of one operator counts as one level. */
    private record Place(SqlNode node, int depth) {}

    private ComplexityGuard() {}

    static void check(SqlNode root) {
        PlannerLimits limits = PlanningBudget.current().limits();
        Deque<Place> places = new ArrayDeque<>();
        places.push(new Place(root, 0));
        int nodes = 0;
        while (!places.isEmpty()) {
            Place place = places.pop();
            if (++nodes > limits.nodes()) {
                throw tooComplex("has too many parts", limits.nodes(), PlannerLimits.PLAN_NODES, place.node());
            }
            if (place.depth() > limits.levels()) {
                throw tooComplex("has too many levels", limits.levels(), PlannerLimits.LEVELS, place.node());
            }
            if (place.node() instanceof SqlSelect select) {
                checkSelect(select, limits);
            }
            for (SqlNode child : children(place.node())) {
                if (child != null) {
                    boolean chain = isLogic(place.node())
                            && child.getKind() == place.node().getKind();
                    places.push(new Place(child, place.depth() + (chain ? 0 : 1)));
                }
            }
        }
        if (expanded(root) > (long) EXPANSION * limits.nodes()) {
            throw tooComplex(
                    "has too many parts when it is written out", limits.nodes(), PlannerLimits.PLAN_NODES, root);
        }
    }

    /** How many nodes an expression has once the validator and the converter have written out what is short for more. */
    private static long expanded(@Nullable SqlNode node) {
        if (node == null) {
            return 0;
        }
        long nodes = 1;
        List<? extends @Nullable SqlNode> children = children(node);
        for (int i = 0; i < children.size(); i++) {
            nodes += Math.min(MOST, copies(node, i, children)) * expanded(children.get(i));
            nodes = Math.min(nodes, MOST);
        }
        return nodes;
    }

    /** How often an operand is written out. */
    private static long copies(SqlNode node, int operand, List<? extends @Nullable SqlNode> operands) {
        switch (node.getKind()) {
            case BETWEEN:
                return operand == 0 ? 4 : 2;
            case IN:
            case NOT_IN:
                return operand == 0 && operands.get(1) instanceof SqlNodeList list ? Math.max(1, list.size()) : 1;
            case IS_DISTINCT_FROM:
            case IS_NOT_DISTINCT_FROM:
                return 3;
            default:
        }
        String function = node instanceof SqlCall call ? Nodes.functionName(call) : "";
        return switch (function) {
            case "NULLIF", "COALESCE", "NVL", "IFNULL" -> operand < operands.size() - 1 ? 2 : 1;
            case "GREATEST", "LEAST" -> operands.size();
            default -> 1;
        };
    }

    private static MillraceException tooComplex(String what, int limit, String key, SqlNode node) {
        return Limit.exceeded(ErrorCode.PROGRAM_TOO_COMPLEX, "the statement " + what, limit, key, Nodes.position(node))
                .withHint("Split it into several statements. " + Limit.hint(key));
    }

    private static void checkSelect(SqlSelect select, PlannerLimits limits) {
        PlanningBudget.current().columns(select.getSelectList().size(), Nodes.position(select));
        SqlNodeList group = select.getGroup();
        long sets = group == null ? 1 : GroupingSets.count(group);
        if (sets > limits.groupingSets()) {
            throw Limit.exceeded(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    sets == Long.MAX_VALUE
                            ? "GROUP BY has very many grouping sets"
                            : "GROUP BY has " + sets + " grouping sets",
                    limits.groupingSets(),
                    PlannerLimits.GROUPING_SETS,
                    Nodes.position(group));
        }
    }

    private static List<? extends @Nullable SqlNode> children(SqlNode node) {
        if (node instanceof SqlCall call) {
            return call.getOperandList();
        }
        return node instanceof SqlNodeList list ? list.getList() : List.of();
    }

    private static boolean isLogic(SqlNode node) {
        return node.getKind() == SqlKind.AND || node.getKind() == SqlKind.OR;
    }

    /** Makes chains of AND and OR as shallow as can be, and DATE_TRUNC ours; {@code check} has passed. */
    static SqlNode balance(SqlNode node) {
        if (isLogic(node)) {
            List<SqlNode> operands = new ArrayList<>();
            for (SqlNode operand : chain((SqlCall) node)) {
                operands.add(balance(operand));
            }
            return tree((SqlBinaryOperator) ((SqlCall) node).getOperator(), operands, node.getParserPosition());
        }
        if (node instanceof SqlNodeList list) {
            for (int i = 0; i < list.size(); i++) {
                SqlNode element = list.get(i);
                if (element != null) {
                    list.set(i, balance(element));
                }
            }
        } else if (node instanceof SqlCall call) {
            if (call instanceof SqlBasicCall basic && Nodes.functionName(call).equals("DATE_TRUNC")) {
                basic.setOperator(Functions.DATE_TRUNC);
            }
            if (call instanceof SqlBasicCall basic && call.getKind() == SqlKind.ARRAY_AGG) {
                basic.setOperator(ArrayFunctions.AGGREGATE);
            }
            List<SqlNode> operands = call.getOperandList();
            for (int i = 0; i < operands.size(); i++) {
                SqlNode operand = operands.get(i);
                SqlNode balanced = operand == null ? null : balance(operand);
                if (balanced != operand) {
                    call.setOperand(i, balanced);
                }
            }
        }
        return node;
    }

    private static List<SqlNode> chain(SqlCall root) {
        List<SqlNode> operands = new ArrayList<>();
        Deque<SqlNode> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            SqlNode node = open.pop();
            if (node.getKind() == root.getKind()) {
                open.push(((SqlCall) node).operand(1));
                open.push(((SqlCall) node).operand(0));
            } else {
                operands.add(node);
            }
        }
        return operands;
    }

    private static SqlNode tree(SqlBinaryOperator operator, List<SqlNode> operands, SqlParserPos position) {
        if (operands.size() == 1) {
            return operands.get(0);
        }
        int middle = operands.size() / 2;
        return operator.createCall(
                position,
                tree(operator, operands.subList(0, middle), position),
                tree(operator, operands.subList(middle, operands.size()), position));
    }
}
