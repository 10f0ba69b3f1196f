package io.millrace.planner;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlContinuousQuery;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.jspecify.annotations.Nullable;

/** Finds what makes a query read more than one input. */
final class CombinedInputs {
    private CombinedInputs() {}

    /** The first join, set operation or sub-query in an expression; null when there is none. */
    static @Nullable SqlNode find(@Nullable SqlNode query) {
        if (query == null) {
            return null;
        }
        switch (query.getKind()) {
            case SELECT:
                return select((SqlSelect) query);
            case ORDER_BY:
                return find(((SqlOrderBy) query).query);
            case WITH:
                SqlWith with = (SqlWith) query;
                for (SqlNode item : with.withList) {
                    SqlNode found = find(((SqlWithItem) item).query);
                    if (found != null) {
                        return found;
                    }
                }
                return find(with.body);
            case UNION:
            case INTERSECT:
            case EXCEPT:
                return query;
            default:
                return query instanceof SqlContinuousQuery continuous ? find(continuous.query()) : null;
        }
    }

    private static @Nullable SqlNode select(SqlSelect select) {
        SqlNode from = select.getFrom() == null ? null : Nodes.withoutAlias(select.getFrom());
        if (from instanceof SqlJoin join) {
            return join;
        }
        SqlNode found = find(from);
        for (SqlNode clause : new SqlNode[] {select.getSelectList(), select.getWhere(), select.getHaving()}) {
            found = found == null ? subQuery(clause) : found;
        }
        return found;
    }

    private static @Nullable SqlNode subQuery(@Nullable SqlNode node) {
        if (node == null || node.isA(SqlKind.QUERY)) {
            return node;
        }
        Iterable<? extends @Nullable SqlNode> children = java.util.List.of();
        if (node instanceof SqlCall call) {
            children = call.getOperandList();
        } else if (node instanceof SqlNodeList list) {
            children = list;
        }
        for (SqlNode child : children) {
            SqlNode found = subQuery(child);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Says that a continuous query cannot have it. */
    static MillraceException refused(@Nullable SqlNode place) {
        String what = place == null || place instanceof SqlJoin
                ? "joins"
                : place.isA(SqlKind.SET_QUERY) ? "set operations" : "sub-queries in expressions";
        SqlNode position = place instanceof SqlJoin join ? join.getRight() : place;
        return new MillraceException(
                ErrorCode.NOT_SUPPORTED,
                what + " in continuous queries are not supported yet",
                "Run the query once, without STREAM and EMIT.",
                Nodes.position(position),
                null);
    }
}
