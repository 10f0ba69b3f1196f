package io.millrace.planner;

import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/** {@code TABLE(LATE_ROWS(TABLE lines))} becomes a name in a schema of its own. */
final class LateRows {
    static final String SCHEMA = "$late_rows";

    private static final String FUNCTION = "LATE_ROWS";
    private static final String DATA = "DATA";

    private LateRows() {}

    /** Null when a table function is another one. */
    static @Nullable SqlIdentifier read(SqlNode function, Relations relations) {
        if (!Nodes.functionName(function).equals(FUNCTION)) {
            return null;
        }
        SqlCall call = (SqlCall) function;
        SqlNode argument = call.operandCount() == 1 ? call.operand(0) : null;
        if (argument != null && argument.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
            SqlIdentifier name = ((SqlCall) argument).operand(1);
            argument = name.getSimple().equalsIgnoreCase(DATA) ? ((SqlCall) argument).operand(0) : null;
        }
        SqlNode data = argument != null && argument.getKind() == SqlKind.EXPLICIT_TABLE
                ? ((SqlCall) argument).operand(0)
                : argument;
        if (!(data instanceof SqlIdentifier name) || !(relations.relation(name) instanceof StreamDefinition stream)) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT,
                    "the argument of LATE_ROWS must be a stream",
                    "It is written TABLE(LATE_ROWS(TABLE s)).",
                    Nodes.position(call),
                    null);
        }
        return new SqlIdentifier(List.of(SCHEMA, stream.name()), name.getParserPosition());
    }
}
