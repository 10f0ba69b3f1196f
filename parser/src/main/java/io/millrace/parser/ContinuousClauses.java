package io.millrace.parser;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.parser.ast.Positions;
import io.millrace.parser.ast.SqlContinuousQuery;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses SINCE and EMIT in a sub-query: they speak of the whole result. */
final class ContinuousClauses extends SqlBasicVisitor<@Nullable Void> {
    private int queries;

    private ContinuousClauses() {}

    static void check(SqlNode node) {
        node.accept(new ContinuousClauses());
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        boolean isQuery = call instanceof SqlContinuousQuery || isPureQuery(call);
        if (call instanceof SqlContinuousQuery continuous && queries > 0) {
            SqlNode clause = continuous.since() != null ? continuous.since() : continuous.emit();
            throw new MillraceException(
                    ErrorCode.SYNTAX_ERROR,
                    "SINCE and EMIT cannot stand in a sub-query",
                    "Write them once, at the end of the statement",
                    clause == null ? null : Positions.start(clause.getParserPosition()),
                    null);
        }
        queries += isQuery ? 1 : 0;
        call.getOperator().acceptCall(this, call);
        queries -= isQuery ? 1 : 0;
        return null;
    }

    private static boolean isPureQuery(SqlCall call) {
        return call.isA(SqlKind.QUERY) && !call.isA(SqlKind.DML);
    }
}
