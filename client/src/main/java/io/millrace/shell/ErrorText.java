package io.millrace.shell;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure as the shell shows it.
 *
 * @param message without place and hint
 * @param line in the statement; 0 if the failure has no place
 */
record ErrorText(String state, String message, @Nullable String hint, int line, int column) {
    private static final Pattern PLACE = Pattern.compile("line (\\d{1,9}), column (\\d{1,9}): (.*)", Pattern.DOTALL);
    /** A hint is a sentence behind the message, which has no full stop of its own outside of quotes. */
    private static final Pattern HINT =
            Pattern.compile("((?:[^\"']|\"[^\"]*\"|'[^']*')*?)\\. (\\p{Lu}.*)", Pattern.DOTALL);

    static ErrorText of(SQLException failure) {
        String text = String.valueOf(failure.getMessage());
        int line = 0;
        int column = 0;
        Matcher place = PLACE.matcher(text);
        if (place.matches()) {
            line = Integer.parseInt(place.group(1));
            column = Integer.parseInt(place.group(2));
            text = place.group(3);
        }
        Matcher hint = HINT.matcher(text);
        boolean hasHint = hint.matches();
        return new ErrorText(
                String.valueOf(failure.getSQLState()),
                hasHint ? hint.group(1) : text,
                hasHint ? hint.group(2) : null,
                line,
                column);
    }

    /** Lines with the message, the offending line with a caret under the place, and the hint. */
    String describe(String sql) {
        StringBuilder text =
                new StringBuilder("ERROR ").append(state).append(": ").append(CellText.printable(message));
        String[] lines = sql.split("\n", -1);
        if (line > 0 && line <= lines.length) {
            String offending = lines[line - 1];
            int before = Math.min(column - 1, offending.length());
            String prefix = "LINE " + line + ": ";
            int indent = CellText.width(oneCell(offending.substring(0, before)));
            text.append('\n').append(prefix).append(oneCell(offending));
            text.append('\n').append(" ".repeat(prefix.length() + indent)).append('^');
        }
        if (hint != null) {
            text.append("\nHINT: ").append(CellText.printable(hint));
        }
        return text.toString();
    }

    /** Control characters would move the caret. */
    private static String oneCell(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
