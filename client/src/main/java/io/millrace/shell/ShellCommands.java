package io.millrace.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs the commands to the shell itself. */
final class ShellCommands {
    private final Connection connection;
    private final ShellSettings settings;
    private final NameCatalog names;
    private final Statements statements;
    private final ShellOutput out;
    private final PrintWriter errors;
    private final IntSupplier width;

    /** Runs the statements of a text. */
    interface Statements {
        void run(String text) throws IOException;
    }

    ShellCommands(
            Connection connection,
            ShellSettings settings,
            NameCatalog names,
            Statements statements,
            ShellOutput out,
            PrintWriter errors,
            IntSupplier width) {
        this.connection = connection;
        this.settings = settings;
        this.names = names;
        this.statements = statements;
        this.out = out;
        this.errors = errors;
        this.width = width;
    }

    /** False when the user leaves. */
    boolean run(ShellCommand command) throws IOException {
        try {
            return execute(command);
        } catch (IllegalArgumentException | SQLException wrong) {
            errors.println(wrong.getMessage());
            errors.flush();
            return true;
        }
    }

    private boolean execute(ShellCommand command) throws IOException, SQLException {
        String argument = command.argument();
        switch (command.name()) {
            case "\\q", "quit", "exit" -> {
                return false;
            }
            case "\\?", "\\h", "\\help", "help" -> out.println(ShellCommand.HELP);
            case "\\d" -> {
                if (argument == null) {
                    list("%");
                } else {
                    statements.run("DESCRIBE " + argument);
                }
            }
            case "\\dt" -> list(argument == null ? "%" : argument);
            case "\\df" -> functions(argument == null ? "%" : argument);
            case "\\timing" -> {
                settings.setTimed(command.isOn(settings.isTimed()));
                tell("timing", settings.isTimed());
            }
            case "\\x" -> {
                settings.setExpanded(command.isOn(settings.isExpanded()));
                tell("a line per value", settings.isExpanded());
            }
            case "\\format" -> format(argument);
            case "\\maxrows" -> maxRows(argument);
            case "\\i" -> include(argument);
            default -> throw new IllegalArgumentException("unknown command " + command.name() + "; \\? lists all");
        }
        return true;
    }

    private void tell(String what, boolean isOn) throws IOException {
        out.println(what + " is " + (isOn ? "on" : "off"));
    }

    private void format(@Nullable String argument) throws IOException {
        for (OutputFormat format : OutputFormat.values()) {
            if (format.name().equalsIgnoreCase(argument)) {
                settings.setFormat(format);
                return;
            }
        }
        throw new IllegalArgumentException("write \\format table, \\format csv or \\format json");
    }

    private void maxRows(@Nullable String argument) {
        try {
            settings.setMaxRows(Long.parseUnsignedLong(argument == null ? "" : argument));
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("write \\maxrows and a number", malformed);
        }
    }

    private void include(@Nullable String argument) throws IOException {
        if (argument == null) {
            throw new IllegalArgumentException("write \\i and the name of a file");
        }
        Path file = Path.of(argument);
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("there is no readable file " + file);
        }
        statements.run(Files.readString(file));
    }

    /** @param pattern with {@code schema.} before it, or of what needs no schema */
    private void list(String pattern) throws IOException, SQLException {
        int dot = pattern.indexOf('.');
        String schema = dot < 0 ? NameCatalog.USER_SCHEMA : pattern.substring(0, dot);
        ResultWriter table = table("name", "type");
        try (ResultSet tables = connection.getMetaData().getTables(null, schema, pattern.substring(dot + 1), null)) {
            while (tables.next()) {
                table.row(new @Nullable String[] {
                    tables.getString("TABLE_NAME"),
                    String.valueOf(tables.getString("TABLE_TYPE")).toLowerCase(Locale.ROOT)
                });
            }
        }
        table.end();
    }

    private void functions(String pattern) throws IOException, SQLException {
        Pattern name = Pattern.compile(
                Pattern.quote(pattern).replace("%", "\\E.*\\Q").replace("_", "\\E.\\Q"), Pattern.CASE_INSENSITIVE);
        ResultWriter table = table("function");
        for (String function : names.functions()) {
            if (name.matcher(function).matches()) {
                table.row(new @Nullable String[] {function});
            }
        }
        table.end();
    }

    private ResultWriter table(String... labels) {
        List<ResultColumn> columns = List.of(labels).stream()
                .map(label -> new ResultColumn(label, Types.VARCHAR))
                .toList();
        return new TableResultWriter(out, columns, width.getAsInt());
    }
}
