package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code KILL QUERY id}. */
public final class SqlKillQuery extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "KILL QUERY", SqlKind.OTHER, (position, operands) -> new SqlKillQuery(position, operands.node(0)));

    private final SqlNode id;

    public SqlKillQuery(SqlParserPos position, SqlNode id) {
        super(position);
        this.id = id;
    }

    /** A number, a string or a parameter. */
    public SqlNode id() {
        return id;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(id);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("KILL QUERY");
        id.unparse(writer, 0, 0);
    }
}
