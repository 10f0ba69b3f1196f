package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code FLUSH [SINKS]}: waits until all that was inserted is reflected in every view, and written by every sink. */
public final class SqlFlush extends SqlCall {
    private static final NodeOperator OPERATOR =
            new NodeOperator("FLUSH", SqlKind.OTHER, (position, operands) -> new SqlFlush(position, operands.flag(0)));

    private final boolean sinks;

    public SqlFlush(SqlParserPos position, boolean sinks) {
        super(position);
        this.sinks = sinks;
    }

    public boolean isOfSinks() {
        return sinks;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(Operands.flag(sinks));
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword(sinks ? "FLUSH SINKS" : "FLUSH");
    }
}
