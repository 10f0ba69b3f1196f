package io.millrace.shell;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace sql}. */
@Command(
        name = "sql",
        description = "Runs SQL on a server: a shell, or statements from the command line, files or a pipe.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class SqlCommand implements Callable<Integer> {
    /** What a shell gives for a program that wrote to a closed pipe. */
    private static final int OUTPUT_CLOSED = 141;

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            defaultValue = ServerUrl.DEFAULT,
            description = "the server, as a JDBC URL or HOST:PORT")
    private String url = ServerUrl.DEFAULT;

    @Option(
            names = "-e",
            paramLabel = "SQL",
            showDefaultValue = Help.Visibility.NEVER,
            description = "run these statements; may be repeated")
    private List<String> statements = List.of();

    @Option(
            names = "-f",
            paramLabel = "FILE",
            showDefaultValue = Help.Visibility.NEVER,
            description = "run the statements of this file; may be repeated")
    private List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "table|csv|json",
            defaultValue = "table",
            description = "how rows are written; json is an object per line")
    private OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = "--max-rows",
            paramLabel = "N",
            defaultValue = "0",
            description = "end a query after so many rows, a continuous one too; 0 for never")
    private long maxRows;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (maxRows < 0) {
            throw new ParameterException(spec.commandLine(), "--max-rows must not be negative");
        }
        try (Connection connection = DriverManager.getConnection(ServerUrl.of(url))) {
            return run(connection, new ShellSettings(format, maxRows)) ? 0 : 1;
        } catch (OutputClosedException closed) {
            return OUTPUT_CLOSED;
        } catch (IOException | SQLException failure) {
            errors().println("millrace: " + failure.getMessage());
            return 1;
        }
    }

    private boolean run(Connection connection, ShellSettings settings) throws IOException, SQLException {
        if (statements.isEmpty() && files.isEmpty()) {
            try (@Nullable Shell shell = Shell.open(connection, settings)) {
                if (shell != null) {
                    shell.run(History.file());
                    return true;
                }
            }
        }
        ShellOutput output = new ShellOutput(spec.commandLine().getOut());
        StatementRunner runner = new StatementRunner(connection, settings, output, () -> 0);
        Thread cancelling = new Thread(runner::cancel, "millrace-cancel");
        Runtime.getRuntime().addShutdownHook(cancelling);
        try {
            return runScripts(runner);
        } finally {
            removeHook(cancelling);
        }
    }

    private boolean runScripts(StatementRunner runner) throws IOException {
        for (Source source : sources()) {
            try (Reader text = source.open()) {
                if (!new Script(source.name(), runner, errors()).run(text)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A text to run, opened when its turn has come. */
    private record Source(String name, Opening opening) {
        Reader open() throws IOException {
            return opening.open();
        }
    }

    private interface Opening {
        Reader open() throws IOException;
    }

    /** The statements of the command line, then the files; without both, what comes in. */
    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        for (String statement : statements) {
            sources.add(new Source("-e", () -> new StringReader(statement)));
        }
        for (Path file : files) {
            sources.add(new Source(file.toString(), () -> open(file)));
        }
        if (sources.isEmpty()) {
            sources.add(new Source("stdin", () -> new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
        return sources;
    }

    private static Reader open(Path file) throws IOException {
        try {
            return Files.newBufferedReader(file);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no file " + file, missing);
        }
    }

    private PrintWriter errors() {
        return spec.commandLine().getErr();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the process ends, and the hook runs
        }
    }
}
