package io.millrace.planner;

import io.millrace.error.ErrorCode;
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
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Refuses statements that would cost too much, and flattens long chains of AND and OR, which are deep but harmless. */
final class ComplexityGuard {
    static final int MAX_NODES = 20_000;
    static final int MAX_DEPTH = 300;

    /** A node and how deep it lies; a chain of one operator counts as one level. */
    private record Place(SqlNode node, int depth) {}

    private ComplexityGuard() {}

    static void check(SqlNode root) {
        Deque<Place> places = new ArrayDeque<>();
        places.push(new Place(root, 0));
        int nodes = 0;
        while (!places.isEmpty()) {
            Place place = places.pop();
            if (++nodes > MAX_NODES) {
                throw tooComplex("more than " + MAX_NODES + " parts", place.node());
            }
            if (place.depth() > MAX_DEPTH) {
                throw tooComplex("more than " + MAX_DEPTH + " levels", place.node());
            }
            for (SqlNode child : children(place.node())) {
                if (child != null) {
                    boolean chain = isLogic(place.node())
                            && child.getKind() == place.node().getKind();
                    places.push(new Place(child, place.depth() + (chain ? 0 : 1)));
                }
            }
        }
    }

    private static MillraceException tooComplex(String what, SqlNode node) {
        return new MillraceException(
                        ErrorCode.PROGRAM_TOO_COMPLEX, "the statement has " + what, null, Nodes.position(node), null)
                .withHint("Split it into several statements.");
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
