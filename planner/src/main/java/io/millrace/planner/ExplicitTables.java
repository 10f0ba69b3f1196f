package io.millrace.planner;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code TABLE t} as a query is {@code SELECT * FROM t}, whose star leaves hidden columns out. */
final class ExplicitTables {
    private ExplicitTables() {}

    /** Rewrites a query in place where it can, and returns it. */
    static SqlNode expand(SqlNode query) {
        switch (query.getKind()) {
            case EXPLICIT_TABLE:
                return select(((SqlCall) query).operand(0), query.getParserPosition());
            case ORDER_BY:
                SqlOrderBy order = (SqlOrderBy) query;
                return new SqlOrderBy(
                        order.getParserPosition(), expand(order.query), order.orderList, order.offset, order.fetch);
            case WITH:
                SqlWith with = (SqlWith) query;
                with.withList.forEach(item -> ((SqlWithItem) item).query = expand(((SqlWithItem) item).query));
                with.body = expand(with.body);
                return with;
            case UNION:
            case INTERSECT:
            case EXCEPT:
                SqlCall operation = (SqlCall) query;
                for (int i = 0; i < operation.operandCount(); i++) {
                    operation.setOperand(i, expand(operation.operand(i)));
                }
                return operation;
            case SELECT:
                SqlSelect select = (SqlSelect) query;
                SqlNode from = select.getFrom();
                if (from != null) {
                    select.setFrom(from(from));
                }
                return select;
            default:
                return query;
        }
    }

    private static SqlNode from(SqlNode from) {
        if (from instanceof SqlJoin join) {
            join.setLeft(from(join.getLeft()));
            join.setRight(from(join.getRight()));
            return join;
        }
        if (from.getKind() == SqlKind.AS || from.getKind() == SqlKind.LATERAL) {
            SqlCall call = (SqlCall) from;
            call.setOperand(0, from(call.operand(0)));
            return call;
        }
        return expand(from);
    }

    /** {@code SELECT *} from it. */
    static SqlNode select(SqlNode table, SqlParserPos position) {
        return new SqlSelect(
                position,
                null,
                SqlNodeList.of(SqlIdentifier.star(position)),
                table,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
