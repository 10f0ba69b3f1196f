package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlTimestampLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.jspecify.annotations.Nullable;

/** {@code SINCE …}: where in the log a continuous query begins. */
public final class SqlSince extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "SINCE",
            SqlKind.OTHER,
            (position, operands) -> new SqlSince(position, operands.symbol(0, Start.class), operands.optional(1)));

    private final Start start;
    private final @Nullable SqlNode argument;

    private SqlSince(SqlParserPos position, Start start, @Nullable SqlNode argument) {
        super(position);
        this.start = start;
        this.argument = argument;
    }

    public static SqlSince now(SqlParserPos position) {
        return new SqlSince(position, Start.NOW, null);
    }

    public static SqlSince beginning(SqlParserPos position) {
        return new SqlSince(position, Start.BEGINNING, null);
    }

    /** A string is read as a timestamp at once; any other expression stays as it is. */
    public static SqlSince timestamp(SqlParserPos position, SqlNode time) {
        SqlNode argument = time instanceof SqlCharStringLiteral text
                ? SqlParserUtil.parseTimestampLiteral(text.getValueAs(String.class), time.getParserPosition())
                : time;
        return new SqlSince(position, Start.TIMESTAMP, argument);
    }

    public static SqlSince afterPosition(SqlParserPos position, SqlNode logPosition) {
        return new SqlSince(position, Start.AFTER_POSITION, logPosition);
    }

    public Start start() {
        return start;
    }

    /** The time, or the position in the log: a number or a parameter; null for NOW and BEGINNING. */
    public @Nullable SqlNode argument() {
        return argument;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(Operands.symbol(start), argument);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("SINCE");
        switch (start) {
            case NOW -> writer.keyword("NOW");
            case BEGINNING -> writer.keyword("BEGINNING");
            case TIMESTAMP -> {
                if (!(argument instanceof SqlTimestampLiteral)) {
                    writer.keyword("TIMESTAMP");
                }
            }
            case AFTER_POSITION -> writer.keyword("AFTER POSITION");
        }
        if (argument != null) {
            argument.unparse(writer, 0, 0);
        }
    }

    /** The forms of SINCE. */
    public enum Start {
        NOW,
        BEGINNING,
        /** At a time, inclusive. */
        TIMESTAMP,
        /** After a position of the log, exclusive. */
        AFTER_POSITION
    }
}
