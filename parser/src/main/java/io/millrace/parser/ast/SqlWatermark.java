package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code WATERMARK FOR ts AS ts - 5s [IDLE TIMEOUT d] [MAX FUTURE SKEW d]}. */
public final class SqlWatermark extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "WATERMARK",
            SqlKind.OTHER,
            (position, operands) -> new SqlWatermark(
                    position, operands.name(0), operands.node(1), operands.optional(2), operands.optional(3)));

    private final SqlIdentifier column;
    private final SqlNode expression;
    private final @Nullable SqlNode idleTimeout;
    private final @Nullable SqlNode maxFutureSkew;

    public SqlWatermark(
            SqlParserPos position,
            SqlIdentifier column,
            SqlNode expression,
            @Nullable SqlNode idleTimeout,
            @Nullable SqlNode maxFutureSkew) {
        super(position);
        this.column = column;
        this.expression = expression;
        this.idleTimeout = idleTimeout;
        this.maxFutureSkew = maxFutureSkew;
    }

    /** The time column. */
    public SqlIdentifier column() {
        return column;
    }

    public SqlNode expression() {
        return expression;
    }

    /** How long a stream may be silent before its watermark moves on without it. */
    public @Nullable SqlNode idleTimeout() {
        return idleTimeout;
    }

    /** How far ahead of the clock a row may be and still move the watermark. */
    public @Nullable SqlNode maxFutureSkew() {
        return maxFutureSkew;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(column, expression, idleTimeout, maxFutureSkew);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("WATERMARK FOR");
        column.unparse(writer, 0, 0);
        writer.keyword("AS");
        expression.unparse(writer, 0, 0);
        if (idleTimeout != null) {
            writer.keyword("IDLE TIMEOUT");
            idleTimeout.unparse(writer, 0, 0);
        }
        if (maxFutureSkew != null) {
            writer.keyword("MAX FUTURE SKEW");
            maxFutureSkew.unparse(writer, 0, 0);
        }
    }
}
