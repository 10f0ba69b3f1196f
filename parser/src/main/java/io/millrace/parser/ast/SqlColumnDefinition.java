package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A column of a stream or table: {@code name type [NOT NULL] [DEFAULT value]}. */
public final class SqlColumnDefinition extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "COLUMN DEFINITION",
            SqlKind.COLUMN_DECL,
            (position, operands) -> new SqlColumnDefinition(
                    position, operands.name(0), (SqlDataTypeSpec) operands.node(1), operands.optional(2)));

    private final SqlIdentifier name;
    private final SqlDataTypeSpec type;
    private final @Nullable SqlNode defaultValue;

    public SqlColumnDefinition(
            SqlParserPos position, SqlIdentifier name, SqlDataTypeSpec type, @Nullable SqlNode defaultValue) {
        super(position);
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
    }

    public SqlIdentifier name() {
        return name;
    }

    /** The type as written; {@link #isNullable} tells about NULL. */
    public SqlDataTypeSpec type() {
        return type;
    }

    /** True unless NOT NULL was written. */
    public boolean isNullable() {
        return !Boolean.FALSE.equals(type.getNullable());
    }

    public @Nullable SqlNode defaultValue() {
        return defaultValue;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(name, type, defaultValue);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        name.unparse(writer, 0, 0);
        type.unparse(writer, 0, 0);
        if (type.getNullable() != null) {
            writer.keyword(isNullable() ? "NULL" : "NOT NULL");
        }
        if (defaultValue != null) {
            writer.keyword("DEFAULT");
            defaultValue.unparse(writer, 0, 0);
        }
    }
}
