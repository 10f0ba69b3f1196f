package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import io.millrace.parser.ast.SqlContinuousQuery;
import io.millrace.parser.ast.SqlEmit;
import io.millrace.parser.ast.SqlSince;
import io.millrace.parser.ast.SqlWindowClause;
import io.millrace.plan.StartPosition;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Rewrites a query, in place, to SQL that the validator knows: no SINCE, EMIT, STREAM and WINDOW, no hidden columns. */
final class Desugar {
    private final Relations relations;
    private final WindowSugar sugar;
    private final StarExpansion stars;
    private final SharedColumns shared;

    private boolean continuous;
    private StartPosition start = StartPosition.NOW;
    private @Nullable SourcePosition windowPosition;
    private int depth;
    private int unnamed;

    Desugar(CatalogSnapshot catalog) {
        relations = new Relations(catalog);
        sugar = new WindowSugar(relations);
        stars = new StarExpansion(relations);
        shared = new SharedColumns(relations);
    }

    Relations relations() {
        return relations;
    }

    boolean isContinuous() {
        return continuous;
    }

    StartPosition start() {
        return start;
    }

    @Nullable
    SourcePosition windowPosition() {
        return windowPosition;
    }

    /** Returns the query to validate. */
    SqlNode rewrite(SqlNode statement) {
        SqlNode query = statement;
        SqlSince since = null;
        if (statement instanceof SqlContinuousQuery clauses) {
            query = clauses.query();
            since = clauses.since();
            emit(clauses.emit());
        }
        ComplexityGuard.check(query);
        UnsupportedClauses.check(query);
        SqlNode balanced = ExplicitTables.expand(ComplexityGuard.balance(query));
        query(balanced, null);
        since(since);
        return balanced;
    }

    private void emit(@Nullable SqlEmit emit) {
        if (emit == null) {
            return;
        }
        switch (emit.mode()) {
            case FINAL:
                continuous = true;
                return;
            case CHANGES:
                throw MillraceException.notSupported("EMIT CHANGES", Nodes.position(emit));
            default:
                throw MillraceException.notSupported("EMIT EVERY", Nodes.position(emit));
        }
    }

    private void since(@Nullable SqlSince since) {
        if (since == null) {
            return;
        }
        switch (since.start()) {
            case NOW:
                start = StartPosition.NOW;
                break;
            case BEGINNING:
                start = StartPosition.BEGINNING;
                break;
            case TIMESTAMP:
                start = StartPosition.timestamp(SubscriptionPlanner.after(since));
                break;
            case AFTER_POSITION:
                start = StartPosition.afterPosition(SubscriptionPlanner.after(since));
                break;
        }
        if (!continuous) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "SINCE belongs to a continuous query",
                    "Write SELECT STREAM, or leave SINCE out: a query that runs once reads all that is kept.",
                    Nodes.position(since),
                    null);
        }
    }

    private void query(SqlNode query, @Nullable SqlNodeList orderBy) {
        switch (query.getKind()) {
            case SELECT:
                depth++;
                select((SqlSelect) query, orderBy);
                depth--;
                return;
            case ORDER_BY:
                SqlOrderBy order = (SqlOrderBy) query;
                query(order.query, order.orderList);
                expressions(order.orderList);
                return;
            case WITH:
                with((SqlWith) query, orderBy);
                return;
            case UNION:
            case INTERSECT:
            case EXCEPT:
                combined((SqlCall) query);
                return;
            default:
        }
    }

    /** The validator cannot bring the columns of a WITH to a common type, but those of a SELECT. */
    private void combined(SqlCall operation) {
        for (int i = 0; i < operation.operandCount(); i++) {
            SqlNode operand = operation.operand(i);
            SqlNode body = operand instanceof SqlOrderBy order ? order.query : operand;
            if (body.getKind() == SqlKind.WITH) {
                operation.setOperand(i, ExplicitTables.select(operand, operand.getParserPosition()));
            }
            query(operation.operand(i), null);
        }
    }

    /** Sub-queries among the parts of an expression. */
    private void expressions(@Nullable SqlNode node) {
        if (node == null) {
            return;
        }
        if (node.isA(SqlKind.QUERY)) {
            depth++;
            query(node, null);
            depth--;
        } else if (node instanceof SqlNodeList list) {
            list.forEach(this::expressions);
        } else if (node instanceof SqlCall call) {
            for (int i = 0; i < call.operandCount(); i++) {
                SqlNode operand = call.operand(i);
                if (operand != null && operand.getKind() == SqlKind.VALUES) {
                    call.setOperand(i, ExplicitTables.select(operand, operand.getParserPosition()));
                }
                expressions(call.operand(i));
            }
        }
    }

    private void with(SqlWith with, @Nullable SqlNodeList orderBy) {
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            depth++;
            query(item.query, null);
            depth--;
            relations.define(item);
        }
        query(with.body, orderBy);
    }

    private void select(SqlSelect select, @Nullable SqlNodeList orderBy) {
        dropStreamKeyword(select);
        RepeatedKeys.expand(select);
        expressions(select.getSelectList());
        expressions(select.getWhere());
        expressions(select.getGroup());
        expressions(select.getHaving());
        testHaving(select);
        SqlNode from = select.getFrom();
        if (from == null) {
            return;
        }
        if (from instanceof SqlWindowClause clause) {
            inner(Nodes.withoutAlias(clause.table()));
            continuous = true;
            windowPosition = Nodes.position(clause);
            select.setFrom(sugar.tableFunction(clause));
            stars.expand(select);
            WindowSugar.completeGrouping(select, clause, orderBy);
            return;
        }
        select.setFrom(relation(from));
        SqlNode grouped = GroupedWindows.rewrite(select);
        if (grouped != null) {
            windowPosition = Nodes.position(grouped);
            if (orderBy != null) {
                GroupedWindows.columns(orderBy);
            }
        }
        stars.expand(select);
        shared.expand(select, orderBy);
    }

    /** The validator takes a sub-query for a row, unless it is a part of an expression. */
    private static void testHaving(SqlSelect select) {
        SqlNode having = select.getHaving();
        if (having != null && (having.isA(SqlKind.QUERY) || having.getKind() == SqlKind.SCALAR_QUERY)) {
            select.setHaving(SqlStdOperatorTable.IS_TRUE.createCall(having.getParserPosition(), having));
        }
    }

    /** Desugars what stands after FROM. */
    private SqlNode relation(SqlNode from) {
        if (from.getKind() == SqlKind.AS || from.getKind() == SqlKind.LATERAL) {
            SqlCall call = (SqlCall) from;
            call.setOperand(0, relation(call.operand(0)));
            return call;
        }
        if (from instanceof SqlWindowClause clause) {
            throw new MillraceException(
                    ErrorCode.SYNTAX_ERROR,
                    "an alias cannot follow WINDOW",
                    "Write it before: FROM t AS a WINDOW …",
                    Nodes.position(clause),
                    null);
        }
        if (from instanceof SqlJoin join) {
            join.setLeft(named(relation(join.getLeft())));
            join.setRight(named(relation(join.getRight())));
            expressions(join.getCondition());
            asValue(join);
            return join;
        }
        if (from.getKind() == SqlKind.COLLECTION_TABLE) {
            SqlNode call = ((SqlCall) from).operand(0);
            SqlIdentifier late = LateRows.read(call, relations);
            if (late != null) {
                return late;
            }
            WindowCall window = WindowFunctionArguments.read(call);
            if (window == null) {
                throw MillraceException.notSupported(
                        "table function \"" + Nodes.functionName(call).toLowerCase(java.util.Locale.ROOT) + "\"",
                        Nodes.position(call));
            }
            inner(window.data());
            windowPosition = Nodes.position(call);
            return window.toTableFunction();
        }
        inner(from);
        return from;
    }

    /** A query without a name gets one, by which {@code *} can tell its columns from those of others. */
    private SqlNode named(SqlNode input) {
        if (!input.isA(SqlKind.QUERY) && input.getKind() != SqlKind.LATERAL) {
            return input;
        }
        return Nodes.as(input, Nodes.identifier("$query" + unnamed++, input.getParserPosition()));
    }

    /** A query that is the whole condition is a value too, which the validator sees everywhere but here. */
    private static void asValue(SqlJoin join) {
        SqlNode condition = join.getCondition();
        if (condition != null && condition.isA(SqlKind.QUERY)) {
            join.setOperand(5, SqlStdOperatorTable.SCALAR_QUERY.createCall(condition.getParserPosition(), condition));
        }
    }

    private void inner(SqlNode relation) {
        if (relation instanceof SqlIdentifier name) {
            relations.relation(name);
        } else {
            query(relation, null);
        }
    }

    private void dropStreamKeyword(SqlSelect select) {
        if (!select.isKeywordPresent(SqlSelectKeyword.STREAM)) {
            return;
        }
        if (depth > 1) {
            throw new MillraceException(
                    ErrorCode.SYNTAX_ERROR,
                    "STREAM cannot stand in a sub-query",
                    "Write it once, in the outermost SELECT.",
                    Nodes.position(select),
                    null);
        }
        continuous = true;
        SqlNodeList keywords = (SqlNodeList) select.getOperandList().get(0);
        SqlNodeList kept = new SqlNodeList(keywords.getParserPosition());
        for (SqlNode keyword : keywords) {
            if (((SqlLiteral) keyword).symbolValue(SqlSelectKeyword.class) != SqlSelectKeyword.STREAM) {
                kept.add(keyword);
            }
        }
        select.setOperand(0, kept);
    }
}
