package io.millrace.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE MATERIALIZED VIEW}: a query whose result is kept and maintained. */
public final class SqlCreateMaterializedView extends SqlCreateQueryObject {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "CREATE MATERIALIZED VIEW",
            SqlKind.CREATE_MATERIALIZED_VIEW,
            (position, operands) -> new SqlCreateMaterializedView(
                    position,
                    operands.flag(0),
                    operands.flag(1),
                    operands.name(2),
                    (SqlNodeList) operands.optional(3),
                    operands.node(4)));

    public SqlCreateMaterializedView(
            SqlParserPos position,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            SqlNode query) {
        super(OPERATOR, "MATERIALIZED VIEW", position, replace, ifNotExists, name, columns, query);
    }
}
