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

/** {@code DESCRIBE name}: the columns of an object. */
public final class SqlDescribe extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "DESCRIBE OBJECT", SqlKind.OTHER, (position, operands) -> new SqlDescribe(position, operands.name(0)));

    private final SqlIdentifier name;

    public SqlDescribe(SqlParserPos position, SqlIdentifier name) {
        super(position);
        this.name = name;
    }

    public SqlIdentifier name() {
        return name;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(name);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("DESCRIBE");
        name.unparse(writer, 0, 0);
    }
}
