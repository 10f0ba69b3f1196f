package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StoredRelation;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.SqlContinuousQuery;
import java.util.List;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/** INSERT … SELECT: a query, whose columns are assigned to those of a stream or table by their places. */
final class InsertQueryPlanner {
    private final QueryPlanner queries;

    InsertQueryPlanner(CatalogSnapshot catalog, CalciteSchema schema, String sql) {
        queries = new QueryPlanner(catalog, schema, sql);
    }

    StatementPlan plan(SqlInsert insert, StoredRelation target, List<Integer> targets) {
        SqlNode source = insert.getSource();
        typeParameters(source, target, targets);
        StatementPlan.Query query = queries.plan(source);
        if (query.continuous()) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "an INSERT needs a query that ends",
                    "Leave out STREAM, EMIT and WINDOW after the name of the stream.",
                    Nodes.position(source),
                    null);
        }
        int given = query.output().size();
        if (given != targets.size()) {
            throw new MillraceException(
                    ErrorCode.SYNTAX_ERROR,
                    "the query gives " + given + " columns, but " + targets.size() + " columns are to be filled",
                    "They are "
                            + String.join(
                                    ", ",
                                    targets.stream().map(target::columnName).toList()) + ".",
                    Nodes.position(source),
                    null);
        }
        for (int i = 0; i < given; i++) {
            query = Assignments.assign(query, i, target.columns().get(targets.get(i)), item(source, i));
        }
        List<Integer> places = TargetColumns.places(targets, target);
        TargetColumns.checkMissing(places, target, insert);
        return new StatementPlan.InsertQuery(target, places, query);
    }

    private static void typeParameters(SqlNode source, StoredRelation target, List<Integer> targets) {
        SqlNodeList items = items(source);
        if (items == null || items.size() != targets.size()) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            items.set(i, Assignments.typed(items.get(i), target.columns().get(targets.get(i))));
        }
    }

    /** What gives a column, to point at it in an error. */
    private static SqlNode item(SqlNode source, int index) {
        SqlNodeList items = items(source);
        boolean hasStar =
                items == null || items.stream().anyMatch(item -> item instanceof SqlIdentifier name && name.isStar());
        return items == null || hasStar || index >= items.size() ? source : items.get(index);
    }

    private static @org.jspecify.annotations.Nullable SqlNodeList items(SqlNode query) {
        if (query instanceof SqlContinuousQuery continuous) {
            return items(continuous.query());
        }
        if (query instanceof SqlOrderBy order) {
            return items(order.query);
        }
        if (query instanceof SqlWith with) {
            return items(with.body);
        }
        return query instanceof SqlSelect select ? select.getSelectList() : null;
    }
}
