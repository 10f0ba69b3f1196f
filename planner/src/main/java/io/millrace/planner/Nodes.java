package io.millrace.planner;

import io.millrace.error.SourcePosition;
import io.millrace.parser.ast.Positions;
import java.util.Locale;
import java.util.function.Predicate;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/** Questions about syntax trees. */
final class Nodes {
    private Nodes() {}

    static @Nullable SourcePosition position(@Nullable SqlNode node) {
        return node == null ? null : Positions.start(node.getParserPosition());
    }

    /** The function a call names, in upper case; empty for an operator that is no function. */
    static String functionName(SqlNode node) {
        if (node instanceof SqlCall call && call.getOperator() instanceof SqlFunction function) {
            return function.getName().toUpperCase(Locale.ROOT).replace("$", "");
        }
        return "";
    }

    static SqlNode withoutAlias(SqlNode node) {
        return node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(0) : node;
    }

    static @Nullable SqlIdentifier alias(SqlNode node) {
        return node.getKind() == SqlKind.AS ? ((SqlCall) node).operand(1) : null;
    }

    static String lastName(SqlIdentifier identifier) {
        return identifier.names.get(identifier.names.size() - 1);
    }

    static SqlIdentifier identifier(String name, SqlParserPos position) {
        return new SqlIdentifier(name, position);
    }

    static SqlNode as(SqlNode node, SqlIdentifier alias) {
        return SqlStdOperatorTable.AS.createCall(node.getParserPosition(), node, alias);
    }

    /** Whether the node is an unqualified or qualified reference to a column of that name. */
    static boolean isColumn(SqlNode node, String name) {
        return node instanceof SqlIdentifier identifier
                && !identifier.isStar()
                && lastName(identifier).equalsIgnoreCase(name);
    }

    static boolean isAggregate(SqlNode node) {
        if (!(node instanceof SqlCall call)) {
            return false;
        }
        SqlOperator operator = call.getOperator();
        return operator instanceof SqlAggFunction
                || (operator instanceof SqlFunction function && namesAggregate(function));
    }

    private static boolean namesAggregate(SqlFunction function) {
        java.util.List<SqlOperator> found = new java.util.ArrayList<>();
        Functions.TABLE.lookupOperatorOverloads(
                function.getNameAsId(), null, SqlSyntax.FUNCTION, found, SqlNameMatchers.withCaseSensitive(false));
        return !found.isEmpty() && found.get(0) instanceof SqlAggFunction;
    }

    static boolean containsAggregate(SqlNode node) {
        return find(node, Nodes::isAggregate) != null;
    }

    /** The first node, outside in and left to right, that has a property; sub-queries are not entered. */
    static @Nullable SqlNode find(@Nullable SqlNode node, Predicate<SqlNode> property) {
        if (node == null || node.isA(SqlKind.QUERY)) {
            return null;
        }
        if (property.test(node)) {
            return node;
        }
        Iterable<? extends @Nullable SqlNode> children = java.util.List.of();
        if (node instanceof SqlCall call) {
            children = call.getOperandList();
        } else if (node instanceof SqlNodeList list) {
            children = list;
        }
        for (SqlNode child : children) {
            SqlNode found = find(child, property);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Replaces nodes, outside in; sub-queries are not entered. */
    static SqlNode replace(SqlNode node, java.util.function.Function<SqlNode, @Nullable SqlNode> replacement) {
        SqlNode replaced = replacement.apply(node);
        if (replaced != null) {
            return replaced;
        }
        if (node.isA(SqlKind.QUERY)) {
            return node;
        }
        if (node instanceof SqlNodeList list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, replace(list.get(i), replacement));
            }
        } else if (node instanceof SqlCall call) {
            for (int i = 0; i < call.operandCount(); i++) {
                SqlNode operand = call.getOperandList().get(i);
                SqlNode next = operand == null ? null : replace(operand, replacement);
                if (next != operand) {
                    call.setOperand(i, next);
                }
            }
        }
        return node;
    }
}
