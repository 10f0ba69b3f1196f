package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code EXPLAIN [ANALYZE] statement}; EXPLAIN PLAN FOR means the same as EXPLAIN. */
public final class SqlExplainStatement extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "EXPLAIN STATEMENT",
            SqlKind.OTHER,
            (position, operands) -> new SqlExplainStatement(position, operands.flag(0), operands.node(1)));

    private final boolean analyze;
    private final SqlNode statement;

    public SqlExplainStatement(SqlParserPos position, boolean analyze, SqlNode statement) {
        super(position);
        this.analyze = analyze;
        this.statement = statement;
    }

    /** A query or a change of rows. */
    public SqlNode statement() {
        return statement;
    }

    /** Whether the statement is run to measure it. */
    public boolean isAnalyze() {
        return analyze;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(Operands.flag(analyze), statement);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword(analyze ? "EXPLAIN ANALYZE" : "EXPLAIN");
        statement.unparse(writer, 0, 0);
    }
}
