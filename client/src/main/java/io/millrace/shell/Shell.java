package io.millrace.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** Reads statements and commands from a terminal until its user leaves; Ctrl-C ends the running query only. */
final class Shell implements AutoCloseable {
    private static final String PROMPT = "millrace> ";
    private static final String CONTINUATION = "%P       -> ";

    private final Terminal terminal;
    private final Connection connection;
    private final ShellSettings settings;
    private final NameCatalog names;
    private final StatementRunner runner;
    private final ShellOutput out;
    private final ShellCommands commands;

    Shell(Terminal terminal, Connection connection, ShellSettings settings) {
        this.terminal = terminal;
        this.connection = connection;
        this.settings = settings;
        names = new NameCatalog(connection);
        out = new ShellOutput(terminal.writer());
        runner = new StatementRunner(connection, settings, out, terminal::getWidth);
        commands = new ShellCommands(
                connection, settings, names, this::runAll, out, terminal.writer(), terminal::getWidth);
        terminal.handle(Terminal.Signal.INT, signal -> runner.cancel());
    }

    /** Null when there is no terminal to read from. */
    static @Nullable Shell open(Connection connection, ShellSettings settings) throws IOException {
        Terminal terminal;
        try {
            terminal = TerminalBuilder.builder().system(true).dumb(false).build();
        } catch (IllegalStateException noTerminal) {
            return null;
        }
        return new Shell(terminal, connection, settings);
    }

    /** @param history the file of earlier statements; null to keep none */
    void run(@Nullable Path history) throws IOException, SQLException {
        LineReader reader = reader(history);
        greet();
        while (true) {
            String text;
            try {
                text = reader.readLine(PROMPT);
            } catch (UserInterruptException interrupted) {
                continue;
            } catch (EndOfFileException left) {
                return;
            }
            if (ShellCommand.isCommand(text)) {
                if (!commands.run(ShellCommand.parse(text))) {
                    return;
                }
            } else {
                runAll(text);
            }
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    private LineReader reader(@Nullable Path history) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .appName("millrace")
                .terminal(terminal)
                .parser(new SqlLineParser())
                .completer(new SqlCompleter(names))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUATION)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false);
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        return builder.build();
    }

    private void greet() throws IOException, SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        out.println(metaData.getDatabaseProductName() + " " + metaData.getDatabaseProductVersion() + " at "
                + metaData.getURL() + "; \\? for help");
    }

    /** Runs the statements of a text up to the first error. */
    private void runAll(String text) throws IOException {
        StatementSplitter splitter = new StatementSplitter();
        splitter.add(text);
        ScriptStatement statement = splitter.next();
        while (statement != null && run(statement)) {
            statement = splitter.next();
        }
        if (statement == null) {
            ScriptStatement rest = splitter.rest();
            if (rest != null) {
                run(rest);
            }
        }
    }

    private boolean run(ScriptStatement statement) throws IOException {
        names.invalidate();
        try {
            StatementOutcome outcome = runner.run(statement.sql());
            // the terminal has shown ^C
            out.println((outcome.endedEarly() ? "\n" : "") + outcome.summary(settings.isTimed()));
            return !outcome.endedEarly();
        } catch (SQLException failure) {
            PrintWriter errors = terminal.writer();
            errors.println(ErrorText.of(failure).describe(statement.sql()));
            errors.flush();
            return false;
        }
    }
}
