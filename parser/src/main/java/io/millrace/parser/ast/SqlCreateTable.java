package io.millrace.parser.ast;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE TABLE}: a relation whose rows can be changed. */
public final class SqlCreateTable extends SqlCreateRelation {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "CREATE TABLE",
            SqlKind.CREATE_TABLE,
            (position, operands) -> new SqlCreateTable(
                    position,
                    operands.flag(0),
                    operands.flag(1),
                    operands.name(2),
                    new RelationElements(operands.list(3), (SqlWatermark) operands.optional(4), operands.list(5)),
                    operands.list(6)));

    public SqlCreateTable(
            SqlParserPos position,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            RelationElements elements,
            SqlNodeList options) {
        super(OPERATOR, "TABLE", position, replace, ifNotExists, name, elements, options);
    }
}
