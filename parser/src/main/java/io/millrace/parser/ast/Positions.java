package io.millrace.parser.ast;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.error.SourcePosition;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Where nodes begin in the SQL text. */
public final class Positions {
    private Positions() {}

    /** The beginning of {@code position}; null when the node was not written by anyone. */
    public static @Nullable SourcePosition start(SqlParserPos position) {
        return position.getLineNum() < 1 ? null : new SourcePosition(position.getLineNum(), position.getColumnNum());
    }

    static MillraceException syntaxError(String message, @Nullable String hint, SqlParserPos position) {
        return new MillraceException(ErrorCode.SYNTAX_ERROR, message, hint, start(position), null);
    }
}
