package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code ALTER STREAM name SET (key = value, …)} or {@code RESET (key, …)}. */
public final class SqlAlterStream extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "ALTER STREAM",
            SqlKind.OTHER_DDL,
            (position, operands) -> new SqlAlterStream(position, operands.name(0), operands.list(1), operands.list(2)));

    private final SqlIdentifier name;
    private final SqlNodeList set;
    private final SqlNodeList reset;

    public SqlAlterStream(SqlParserPos position, SqlIdentifier name, SqlNodeList set, SqlNodeList reset) {
        super(position);
        this.name = name;
        this.set = set;
        this.reset = reset;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** The options that get another value. */
    public List<SqlOption> set() {
        return Clauses.options(set);
    }

    /** The keys of the options that are taken away. */
    public List<SqlLiteral> reset() {
        return reset.getList().stream().map(SqlLiteral.class::cast).toList();
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(name, set, reset);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("ALTER STREAM");
        name.unparse(writer, 0, 0);
        writer.keyword(reset.isEmpty() ? "SET" : "RESET");
        Clauses.list(writer, reset.isEmpty() ? set : reset);
    }
}
