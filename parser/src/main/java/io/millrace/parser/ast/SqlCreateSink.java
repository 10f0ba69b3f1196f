package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE SINK … INTO (…) AS query}: a standing query that writes out. */
public final class SqlCreateSink extends SqlCreate {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "CREATE SINK",
            SqlKind.OTHER_DDL,
            (position, operands) -> new SqlCreateSink(
                    position,
                    operands.flag(0),
                    operands.flag(1),
                    operands.name(2),
                    operands.list(3),
                    operands.node(4)));

    private final SqlIdentifier name;
    private final SqlNodeList options;
    private final SqlNode query;

    public SqlCreateSink(
            SqlParserPos position,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            SqlNodeList options,
            SqlNode query) {
        super(OPERATOR, position, replace, ifNotExists);
        this.name = name;
        this.options = options;
        this.query = query;
    }

    public boolean isReplace() {
        return getReplace();
    }

    public boolean isIfNotExists() {
        return ifNotExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** What stands after INTO, in order. */
    public List<SqlOption> options() {
        return Clauses.options(options);
    }

    public SqlNode query() {
        return query;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(Operands.flag(getReplace()), Operands.flag(ifNotExists), name, options, query);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        Clauses.create(writer, getReplace(), "SINK", ifNotExists, name);
        writer.keyword("INTO");
        Clauses.list(writer, options);
        writer.keyword("AS");
        query.unparse(writer, 0, 0);
    }
}
