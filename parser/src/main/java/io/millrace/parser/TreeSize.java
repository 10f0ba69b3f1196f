package io.millrace.parser;

import io.millrace.error.ErrorCode;
import io.millrace.error.Limit;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/**
 * Refuses trees that are far larger than their text, before anything walks through them: the parser puts the value of a
 * CASE into each of its conditions, and so doubles it with each level.
 */
final class TreeSize {
    private TreeSize() {}

    static void check(SqlNode root, ParserLimits limits) {
        Deque<SqlNode> open = new ArrayDeque<>();
        open.push(root);
        int nodes = 0;
        while (!open.isEmpty()) {
            SqlNode node = open.pop();
            if (++nodes > limits.tokens()) {
                throw Limit.exceeded(
                        ErrorCode.PROGRAM_TOO_COMPLEX,
                        "the statement has too many parts, since the value of a CASE is part of each WHEN",
                        limits.tokens(),
                        ParserLimits.TOKENS,
                        null);
            }
            Iterable<? extends SqlNode> children = children(node);
            for (SqlNode child : children) {
                if (child != null) {
                    open.push(child);
                }
            }
        }
    }

    private static Iterable<? extends SqlNode> children(SqlNode node) {
        if (node instanceof SqlCall call) {
            return call.getOperandList();
        }
        return node instanceof SqlNodeList list ? list.getList() : java.util.List.of();
    }
}
