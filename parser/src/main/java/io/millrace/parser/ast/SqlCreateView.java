package io.millrace.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE VIEW}: a name for a query. */
public final class SqlCreateView extends SqlCreateQueryObject {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "CREATE VIEW",
            SqlKind.CREATE_VIEW,
            (position, operands) -> new SqlCreateView(
                    position,
                    operands.flag(0),
                    operands.flag(1),
                    operands.name(2),
                    (SqlNodeList) operands.optional(3),
                    operands.node(4)));

    public SqlCreateView(
            SqlParserPos position,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query) {
        super(OPERATOR, "VIEW", position, replace, ifNotExists, name, columns, query);
    }
}
