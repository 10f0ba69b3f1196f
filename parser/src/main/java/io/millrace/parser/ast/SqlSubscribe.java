package io.millrace.parser.ast;

import io.millrace.parser.ast.NodeOperator.Operands;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code SUBSCRIBE [TO] target [WITH (…)] [SINCE …] [UP TO POSITION p]}: the changes of a relation, with the envelope. */
public final class SqlSubscribe extends SqlCall {
    private static final NodeOperator OPERATOR = new NodeOperator(
            "SUBSCRIBE",
            SqlKind.OTHER,
            (position, operands) -> new SqlSubscribe(
                    position,
                    operands.node(0),
                    operands.list(1),
                    (SqlSince) operands.optional(2),
                    operands.optional(3)));

    private final SqlNode target;
    private final SqlNodeList options;
    private final @Nullable SqlSince since;
    private final @Nullable SqlNode upTo;

    public SqlSubscribe(
            SqlParserPos position,
            SqlNode target,
            SqlNodeList options,
            @Nullable SqlSince since,
            @Nullable SqlNode upTo) {
        super(position);
        this.target = target;
        this.options = options;
        this.since = since;
        this.upTo = upTo;
    }

    /** A name (an SqlIdentifier) or a query. */
    public SqlNode target() {
        return target;
    }

    public @Nullable SqlSince since() {
        return since;
    }

    /** The last position of the log, a number or a parameter; null for no end. */
    public @Nullable SqlNode upTo() {
        return upTo;
    }

    /** What stands after WITH, in order. */
    public List<SqlOption> options() {
        return Clauses.options(options);
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return Operands.of(target, options, since, upTo);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("SUBSCRIBE TO");
        if (target instanceof SqlIdentifier) {
            target.unparse(writer, 0, 0);
        } else {
            SqlWriter.Frame frame = writer.startList("(", ")");
            target.unparse(writer, 0, 0);
            writer.endList(frame);
        }
        Clauses.with(writer, options);
        if (since != null) {
            since.unparse(writer, 0, 0);
        }
        if (upTo != null) {
            writer.keyword("UP TO POSITION");
            upTo.unparse(writer, 0, 0);
        }
    }
}
