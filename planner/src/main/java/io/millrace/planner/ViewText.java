package io.millrace.planner;

import io.millrace.error.MillraceException;
import io.millrace.parser.ParsedStatement;
import io.millrace.parser.StatementParser;
import io.millrace.parser.ast.SqlContinuousQuery;
import io.millrace.parser.ast.SqlCreateQueryObject;
import org.apache.calcite.sql.SqlNode;

/** The query in the statement that created a view. */
final class ViewText {
    private ViewText() {}

    /** Parses it again: planning changes what was parsed. */
    static SqlNode query(String sql) {
        ParsedStatement statement =
                StatementParser.parse(sql, PlanningBudget.current().limits().text());
        SchemaNames.simplify(statement.node());
        return relation(((SqlCreateQueryObject) statement.node()).query());
    }

    /** A view is a relation: when it would emit rows, if it were a continuous query, does not matter. */
    static SqlNode relation(SqlNode query) {
        return query instanceof SqlContinuousQuery continuous ? continuous.query() : query;
    }

    /** Why a query that reads a view fails: the place of the failure is in the text of the view. */
    static MillraceException failed(String view, MillraceException failure) {
        return new MillraceException(
                failure.code(), "view \"" + view + "\": " + failure.primary(), failure.hint(), null, failure);
    }
}
