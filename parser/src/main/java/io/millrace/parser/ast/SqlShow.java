package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code SHOW STREAMS} and the like. */
public final class SqlShow extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "SHOW", SqlKind.OTHER, (position, operands) -> new SqlShow(position, operands.symbol(0, Subject.class)));

    private final Subject subject;

    public SqlShow(SqlParserPos position, Subject subject) {
        super(position);
        this.subject = subject;
    }

    public Subject subject() {
        return subject;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(Operands.symbol(subject));
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("SHOW");
        writer.keyword(subject.name());
    }

    /** What can be shown. */
    public enum Subject {
        STREAMS,
        TABLES,
        VIEWS,
        SINKS,
        QUERIES,
        WATERMARKS
    }
}
