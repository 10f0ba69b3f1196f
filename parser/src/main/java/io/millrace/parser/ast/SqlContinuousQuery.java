package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code query [SINCE …] [EMIT …]}: at least one of both, around everything else that the query says. */
public final class SqlContinuousQuery extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "CONTINUOUS QUERY",
            SqlKind.OTHER,
            (position, operands) -> new SqlContinuousQuery(
                    position, operands.node(0), (SqlSince) operands.optional(1), (SqlEmit) operands.optional(2)));

    private final SqlNode query;
    private final @Nullable SqlSince since;
    private final @Nullable SqlEmit emit;

    private SqlContinuousQuery(SqlParserPos position, SqlNode query, @Nullable SqlSince since, @Nullable SqlEmit emit) {
        super(position);
        this.query = query;
        this.since = since;
        this.emit = emit;
    }

    /** Wraps {@code query}, which must be one. */
    public static SqlContinuousQuery of(
            SqlParserPos position, SqlNode query, @Nullable SqlSince since, @Nullable SqlEmit emit) {
        if (!query.isA(SqlKind.QUERY)) {
            SqlNode clause = since != null ? since : emit != null ? emit : query;
            throw Positions.syntaxError(
                    "SINCE and EMIT belong to a query, not to an expression", null, clause.getParserPosition());
        }
        return new SqlContinuousQuery(position, query, since, emit);
    }

    /** The query without its continuous clauses. */
    public SqlNode query() {
        return query;
    }

    public @Nullable SqlSince since() {
        return since;
    }

    public @Nullable SqlEmit emit() {
        return emit;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(query, since, emit);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        query.unparse(writer, 0, 0);
        if (since != null) {
            since.unparse(writer, 0, 0);
        }
        if (emit != null) {
            emit.unparse(writer, 0, 0);
        }
    }
}
