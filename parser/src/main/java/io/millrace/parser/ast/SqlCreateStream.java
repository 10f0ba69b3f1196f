package io.millrace.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE STREAM}: an append-only relation, kept in the log. */
public final class SqlCreateStream extends SqlCreateRelation {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "CREATE STREAM",
            SqlKind.OTHER_DDL,
            (position, operands) -> new SqlCreateStream(
                    position,
                    operands.flag(0),
                    operands.flag(1),
                    operands.name(2),
                    new RelationElements(operands.list(3), (SqlWatermark) operands.optional(4), operands.list(5)),
                    operands.list(6)));

    public SqlCreateStream(
            SqlParserPos position,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            RelationElements elements,
            SqlNodeList options) {
        super(OPERATOR, "STREAM", position, replace, ifNotExists, name, elements, options);
    }
}
