package io.millrace.shell;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A command to the shell itself.
 *
 * @param argument null when there is none
 */
record ShellCommand(String name, @Nullable String argument) {
    /** Words that are commands without a backslash, when they stand alone. */
    private static final List<String> BARE = List.of("quit", "exit", "help");

    static final List<String> NAMES =
            List.of("\\?", "\\d", "\\dt", "\\df", "\\format", "\\h", "\\i", "\\maxrows", "\\q", "\\timing", "\\x");

    static final String HELP = """
            Statements end with ; and may span lines. Ctrl-C ends the running query, or clears the line.
              \\d            streams, tables and views
              \\d NAME       the columns of one
              \\dt [PATTERN] streams and tables, such as \\dt pay%
              \\df [PATTERN] functions
              \\format table|csv|json
              \\x [on|off]   a line per value, never cut
              \\maxrows N    end queries after N rows; 0 for never
              \\timing [on|off]
              \\i FILE       run the statements of a file
              \\h, \\?, help  this text
              \\q, quit      end (also Ctrl-D)""";

    static boolean isCommand(String text) {
        String stripped = text.strip();
        return stripped.startsWith("\\") || BARE.contains(bare(stripped));
    }

    static ShellCommand parse(String text) {
        String[] words = text.strip().split("\\s+", 2);
        String name = words[0].startsWith("\\") ? words[0] : bare(text.strip());
        String argument = words.length == 1 ? "" : words[1].strip();
        if (argument.endsWith(";")) {
            argument = argument.substring(0, argument.length() - 1).strip();
        }
        return new ShellCommand(withoutSemicolon(name), argument.isEmpty() ? null : argument);
    }

    /** Whether the argument switches something on; without one, the other way round. */
    boolean isOn(boolean now) {
        if (argument == null) {
            return !now;
        }
        return switch (argument.toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("write " + name + " on, or " + name + " off");
        };
    }

    private static String bare(String text) {
        return withoutSemicolon(text).toLowerCase(Locale.ROOT);
    }

    private static String withoutSemicolon(String text) {
        return text.endsWith(";") ? text.substring(0, text.length() - 1).strip() : text;
    }
}
