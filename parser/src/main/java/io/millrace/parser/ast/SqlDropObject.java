package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlDrop;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code DROP type [IF EXISTS] name [CASCADE]}. */
public final class SqlDropObject extends SqlDrop {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "DROP",
            SqlKind.OTHER_DDL,
            (position, operands) -> new SqlDropObject(
                    position,
                    operands.symbol(0, ObjectType.class),
                    operands.flag(1),
                    operands.name(2),
                    operands.flag(3)));

    private final ObjectType type;
    private final SqlIdentifier name;
    private final boolean cascade;

    public SqlDropObject(
            SqlParserPos position, ObjectType type, boolean ifExists, SqlIdentifier name, boolean cascade) {
        super(OPERATOR, position, ifExists);
        this.type = type;
        this.name = name;
        this.cascade = cascade;
    }

    public ObjectType type() {
        return type;
    }

    public boolean isIfExists() {
        return ifExists;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** Whether what depends on the object goes with it. */
    public boolean isCascade() {
        return cascade;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(Operands.symbol(type), Operands.flag(ifExists), name, Operands.flag(cascade));
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("DROP");
        writer.keyword(type.keyword());
        if (ifExists) {
            writer.keyword("IF EXISTS");
        }
        name.unparse(writer, 0, 0);
        if (cascade) {
            writer.keyword("CASCADE");
        }
    }
}
