package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code EMIT …}: when a continuous query puts out its rows. */
public final class SqlEmit extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "EMIT",
            SqlKind.OTHER,
            (position, operands) -> new SqlEmit(position, operands.symbol(0, Mode.class), operands.optional(1)));

    private final Mode mode;
    private final @Nullable SqlNode every;

    public SqlEmit(SqlParserPos position, Mode mode, @Nullable SqlNode every) {
        super(position);
        this.mode = mode;
        this.every = every;
    }

    public Mode mode() {
        return mode;
    }

    /** The interval after EVERY; null in the modes without it. */
    public @Nullable SqlNode every() {
        return every;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(Operands.symbol(mode), every);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("EMIT");
        if (every != null) {
            writer.keyword("EVERY");
            every.unparse(writer, 0, 0);
        }
        switch (mode) {
            case FINAL -> writer.keyword("FINAL");
            case CHANGES, EVERY_CHANGES -> writer.keyword("CHANGES");
            case EVERY -> {}
        }
    }

    /** What is put out, and when. */
    public enum Mode {
        /** Once, when the window closes; ON WINDOW CLOSE means the same. */
        FINAL,
        /** Every change, with the envelope. */
        CHANGES,
        /** The open windows too, at an interval. */
        EVERY,
        /** The net changes, at an interval, with the envelope. */
        EVERY_CHANGES
    }
}
