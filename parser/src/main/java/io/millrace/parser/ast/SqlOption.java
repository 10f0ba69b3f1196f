package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code key = value} in the parentheses of WITH or INTO. */
public final class SqlOption extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "OPTION",
            SqlKind.OTHER,
            (position, operands) -> new SqlOption(position, (SqlLiteral) operands.node(0), operands.node(1)));

    private final SqlLiteral key;
    private final SqlNode value;

    private SqlOption(SqlParserPos position, SqlLiteral key, SqlNode value) {
        super(position);
        this.key = key;
        this.value = value;
    }

    /** Makes an option; a key written as a dotted name becomes a string. */
    public static SqlOption of(SqlParserPos position, SqlNode key, SqlNode value) {
        return new SqlOption(position, keyOf(key), value);
    }

    /** A key as a string, also one that is written as a dotted name. */
    public static SqlLiteral keyOf(SqlNode key) {
        return key instanceof SqlIdentifier name
                ? SqlLiteral.createCharString(String.join(".", name.names), key.getParserPosition())
                : (SqlLiteral) key;
    }

    public String key() {
        return key.getValueAs(String.class);
    }

    /** The value as text: a string without its quotes, true or false, a number or a word as written. */
    public String value() {
        if (value instanceof SqlIdentifier word) {
            return word.getSimple();
        }
        String text = ((SqlLiteral) value).toValue();
        return text == null ? "null" : text;
    }

    /** The literal or the word after the equals sign. */
    public SqlNode valueNode() {
        return value;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(key, value);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        key.unparse(writer, 0, 0);
        writer.keyword("=");
        value.unparse(writer, 0, 0);
    }
}
