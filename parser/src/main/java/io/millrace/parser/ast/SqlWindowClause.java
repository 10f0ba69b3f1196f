package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code table [AS alias] WINDOW HOP(30s, 10s)}: an item of FROM whose rows are assigned to windows. Durations are
 * interval literals of days or less; which of them are there follows from the function.
 */
public final class SqlWindowClause extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "WINDOW CLAUSE",
            SqlKind.OTHER,
            (position, operands) -> new SqlWindowClause(
                    position,
                    operands.node(0),
                    operands.symbol(1, WindowFunction.class),
                    operands.optional(2),
                    operands.optional(3),
                    operands.optional(4),
                    operands.optional(5),
                    (SqlIdentifier) operands.optional(6),
                    operands.optional(7)));

    private final SqlNode table;
    private final WindowFunction function;
    private final @Nullable SqlNode size;
    private final @Nullable SqlNode slide;
    private final @Nullable SqlNode step;
    private final @Nullable SqlNode gap;
    private final @Nullable SqlIdentifier timeColumn;
    private final @Nullable SqlNode offset;

    SqlWindowClause(
            SqlParserPos position,
            SqlNode table,
            WindowFunction function,
            @Nullable SqlNode size,
            @Nullable SqlNode slide,
            @Nullable SqlNode step,
            @Nullable SqlNode gap,
            @Nullable SqlIdentifier timeColumn,
            @Nullable SqlNode offset) {
        super(position);
        this.table = table;
        this.function = function;
        this.size = size;
        this.slide = slide;
        this.step = step;
        this.gap = gap;
        this.timeColumn = timeColumn;
        this.offset = offset;
    }

    /** The item of FROM, with its alias where it has one. */
    public SqlNode table() {
        return table;
    }

    public WindowFunction function() {
        return function;
    }

    /** The length of a TUMBLE or HOP window, and the greatest of a CUMULATE window. */
    public @Nullable SqlNode size() {
        return size;
    }

    /** From one HOP window to the next. */
    public @Nullable SqlNode slide() {
        return slide;
    }

    /** By how much a CUMULATE window grows. */
    public @Nullable SqlNode step() {
        return step;
    }

    /** The silence that ends a SESSION window. */
    public @Nullable SqlNode gap() {
        return gap;
    }

    /** The column after ON; without it, the time column of the table. */
    public @Nullable SqlIdentifier timeColumn() {
        return timeColumn;
    }

    /** By how much windows are shifted from the epoch. */
    public @Nullable SqlNode offset() {
        return offset;
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(table, Operands.symbol(function), size, slide, step, gap, timeColumn, offset);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        table.unparse(writer, 0, 0);
        writer.keyword("WINDOW");
        writer.keyword(function.name());
        SqlWriter.Frame frame = writer.startList("(", ")");
        argument(writer, "SIZE", size);
        argument(writer, "SLIDE", slide);
        argument(writer, "STEP", step);
        argument(writer, "GAP", gap);
        argument(writer, "ON", timeColumn);
        argument(writer, "OFFSET", offset);
        writer.endList(frame);
    }

    private static void argument(SqlWriter writer, String name, @Nullable SqlNode value) {
        if (value != null) {
            writer.sep(",");
            writer.keyword(name);
            writer.keyword("=>");
            value.unparse(writer, 0, 0);
        }
    }
}
