package io.millrace.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Runs the statements of a text one after the other, up to the first error. */
final class Script {
    private static final int PIECE = 8_192;

    private final String name;
    private final StatementRunner runner;
    private final PrintWriter errors;

    /** @param name of the text in front of errors */
    Script(String name, StatementRunner runner, PrintWriter errors) {
        this.name = name;
        this.runner = runner;
        this.errors = errors;
    }

    /** False if a statement failed. Each is run as soon as it has come. */
    boolean run(Reader text) throws IOException {
        StatementSplitter splitter = new StatementSplitter();
        char[] piece = new char[PIECE];
        for (int length = text.read(piece); length >= 0; length = text.read(piece)) {
            splitter.add(String.valueOf(piece, 0, length));
            for (ScriptStatement next = splitter.next(); next != null; next = splitter.next()) {
                if (!run(next)) {
                    return false;
                }
            }
        }
        @Nullable ScriptStatement rest = splitter.rest();
        return rest == null || run(rest);
    }

    private boolean run(ScriptStatement statement) throws IOException {
        try {
            runner.run(statement.sql());
            return true;
        } catch (SQLException failure) {
            ErrorText error = ErrorText.of(failure);
            int line = Math.max(1, error.line());
            int column = Math.max(1, error.column());
            errors.println(name + ":" + statement.lineInScript(line) + ":" + statement.columnInScript(line, column)
                    + ": " + error.describe(statement.sql()));
            return false;
        }
    }
}
