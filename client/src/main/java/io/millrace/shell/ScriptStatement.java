package io.millrace.shell;

/**
 * A statement of a script, from its first word to before its {@code ;}.
 *
 * @param line of the first word; counts from 1
 * @param column of the first word; counts from 1
 */
record ScriptStatement(String sql, int line, int column) {
    /** The line of the script in which a line of the statement is. */
    int lineInScript(int lineInStatement) {
        return line + lineInStatement - 1;
    }

    int columnInScript(int lineInStatement, int columnInStatement) {
        return lineInStatement == 1 ? column + columnInStatement - 1 : columnInStatement;
    }
}
