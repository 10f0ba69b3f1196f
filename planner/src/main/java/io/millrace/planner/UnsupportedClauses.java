package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlWindowClause;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlStarExclude;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** Refuses, by name and place, the clauses that parse but are not there yet. */
final class UnsupportedClauses {
    private static final Set<String> AGGREGATES = Set.of(
            "COUNT",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "EVERY",
            "SOME",
            "BOOL_AND",
            "BOOL_OR",
            "LOGICAL_AND",
            "LOGICAL_OR",
            "ANY_VALUE",
            "STDDEV",
            "STDDEV_POP",
            "STDDEV_SAMP",
            "VARIANCE",
            "VAR_POP",
            "VAR_SAMP",
            "BIT_AND",
            "BIT_OR",
            "BIT_XOR",
            "LISTAGG",
            "STRING_AGG",
            "ARRAY_AGG",
            "ARG_MIN",
            "ARG_MAX",
            "MIN_BY",
            "MAX_BY",
            "APPROX_COUNT_DISTINCT",
            "APPROX_PERCENTILE",
            "GROUPING",
            "GROUPING_ID");

    private UnsupportedClauses() {}

    static void check(SqlNode query) {
        switch (query.getKind()) {
            case SELECT:
                select((SqlSelect) query);
                return;
            case ORDER_BY:
                SqlOrderBy order = (SqlOrderBy) query;
                check(order.query);
                expressions(order.orderList);
                return;
            case WITH:
                with((SqlWith) query);
                return;
            case UNION:
            case INTERSECT:
            case EXCEPT:
                ((SqlCall) query).getOperandList().forEach(UnsupportedClauses::check);
                return;
            case VALUES:
                expressions(query);
                return;
            case EXPLICIT_TABLE:
                return;
            default:
                throw refused(query.getKind().sql, query);
        }
    }

    private static void with(SqlWith with) {
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            if (item.recursive.booleanValue()) {
                throw refused("WITH RECURSIVE", item);
            }
            check(item.query);
        }
        check(with.body);
    }

    private static void select(SqlSelect select) {
        from(select.getFrom());
        expressions(select.getSelectList());
        expressions(select.getWhere());
        grouping(select.getGroup());
        expressions(select.getHaving());
        if (!select.getWindowList().isEmpty()) {
            throw refused("WINDOW … AS", select.getWindowList().get(0));
        }
        if (select.getQualify() != null) {
            throw refused("QUALIFY", select.getQualify());
        }
        expressions(select.getOrderList());
    }

    private static void from(@Nullable SqlNode from) {
        if (from == null) {
            return;
        }
        if (from instanceof SqlJoin join) {
            join(join);
            return;
        }
        if (from instanceof SqlWindowClause window) {
            from(window.table());
            return;
        }
        switch (from.getKind()) {
            case IDENTIFIER:
            case TABLE_REF:
                return;
            case AS:
            case LATERAL:
                from(((SqlCall) from).operand(0));
                return;
            case COLLECTION_TABLE:
                tableFunction(((SqlCall) from).operand(0));
                return;
            case SNAPSHOT:
                throw refused("FOR SYSTEM_TIME AS OF", from);
            case TABLESAMPLE:
            case UNNEST:
            case PIVOT:
            case UNPIVOT:
            case MATCH_RECOGNIZE:
            case EXTEND:
                throw refused(from.getKind().name(), from);
            default:
                check(from);
        }
    }

    private static void join(SqlJoin join) {
        switch (join.getJoinType()) {
            case INNER:
            case CROSS:
            case COMMA:
            case LEFT:
            case RIGHT:
            case FULL:
                break;
            default:
                throw refused(join.getJoinType().name().replace('_', ' ') + " JOIN", join.getRight());
        }
        for (SqlNode side : List.of(join.getLeft(), join.getRight())) {
            if (side instanceof SqlWindowClause window) {
                throw new MillraceException(
                        ErrorCode.NOT_SUPPORTED,
                        "WINDOW in a join is not supported",
                        "Write TABLE(" + window.function() + "(TABLE …)) in its place.",
                        Nodes.position(window),
                        null);
            }
            from(side);
        }
        expressions(join.getCondition());
    }

    private static void tableFunction(SqlNode function) {
        if (function instanceof SqlCall call) {
            for (SqlNode operand : call.getOperandList()) {
                SqlNode value =
                        operand.getKind() == SqlKind.ARGUMENT_ASSIGNMENT ? ((SqlCall) operand).operand(0) : operand;
                if (value.getKind() == SqlKind.SET_SEMANTICS_TABLE) {
                    value = ((SqlCall) value).operand(0);
                }
                if (value.isA(SqlKind.QUERY)) {
                    check(value);
                }
            }
        }
    }

    private static void grouping(@Nullable SqlNodeList group) {
        if (group == null) {
            return;
        }
        for (SqlNode item : group) {
            switch (item.getKind()) {
                case GROUP_BY_DISTINCT:
                    throw refused(item.getKind().sql.replace('_', ' '), item);
                default:
                    expressions(item);
            }
        }
    }

    private static void expressions(@Nullable SqlNode node) {
        if (node == null) {
            return;
        }
        if (node.isA(SqlKind.QUERY) && node.getKind() != SqlKind.VALUES) {
            check(node);
            return;
        }
        if (node instanceof SqlDataTypeSpec type) {
            TypeSpecs.check(type);
            return;
        }
        if (node instanceof SqlStarExclude) {
            throw refused("* EXCEPT", node);
        }
        if (node instanceof SqlNodeList list) {
            list.forEach(UnsupportedClauses::expressions);
        } else if (node instanceof SqlCall call) {
            call(call);
            List<SqlNode> operands = call.getOperandList();
            operands.forEach(UnsupportedClauses::expressions);
        }
    }

    private static void call(SqlCall call) {
        if (Nodes.isAggregate(call) && !AGGREGATES.contains(Nodes.functionName(call))) {
            String name = Nodes.functionName(call).toLowerCase(Locale.ROOT);
            throw refused("aggregate function \"" + name + "\"", call);
        }
        if (call.getKind() == SqlKind.SAFE_CAST && call.operandCount() > 2) {
            throw refused(call.getOperator().getName() + " with FORMAT", call.operand(2));
        }
        if (call.getOperator().getName().equalsIgnoreCase("TRANSLATE") && call.operandCount() == 2) {
            throw refused("TRANSLATE with USING", call);
        }
        switch (call.getKind()) {
            case ARRAY_QUERY_CONSTRUCTOR:
            case MULTISET_QUERY_CONSTRUCTOR:
            case MAP_QUERY_CONSTRUCTOR:
            case CURSOR:
                throw refused(call.getOperator().getName() + " of a query", call);
            case OVER:
                throw refused("OVER", call.operand(1));
            case WITHIN_DISTINCT:
            case RESPECT_NULLS:
            case IGNORE_NULLS:
                throw refused(call.getKind().name().replace('_', ' '), call);
            default:
        }
    }

    private static MillraceException refused(String clause, SqlNode node) {
        return MillraceException.notSupported(clause, Nodes.position(node));
    }
}
