package io.millrace.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes JDBC's escapes as SQL. The server reads {@code {d}}, {@code {t}}, {@code {ts}} and {@code {fn}} itself; what is
 * left are <code>{escape '!'}</code> and <code>{oj ...}</code>. The text keeps its length, so that errors point to the
 * right place.
 */
final class SqlEscapes {
    /** What may hold a brace that opens nothing, or an escape. */
    private static final Pattern TOKEN = Pattern.compile(
            "'(?:[^']|'')*'" // text
                    + "|\"(?:[^\"]|\"\")*\"" // name
                    + "|--[^\\r\\n]*|/\\*.*?\\*/" // comment
                    + "|\\{\\s*(?i:escape\\s*'(?:[^']|'')*'\\s*\\})" // group 0 ends with the brace
                    + "|(?<outer>\\{\\s*(?i:oj)\\b)"
                    + "|\\{|\\}",
            Pattern.DOTALL);

    private SqlEscapes() {}

    static String translate(String sql) {
        if (sql.indexOf('{') < 0) {
            return sql;
        }
        StringBuilder out = new StringBuilder(sql);
        Matcher tokens = TOKEN.matcher(sql);
        // the depths at which an outer join was opened, innermost last; a bit per depth
        long outer = 0;
        int depth = 0;
        while (tokens.find()) {
            char first = sql.charAt(tokens.start());
            if (first == '{' && sql.charAt(tokens.end() - 1) == '}') {
                out.setCharAt(tokens.start(), ' ');
                out.setCharAt(tokens.end() - 1, ' ');
            } else if (first == '{') {
                boolean opensJoin = tokens.group("outer") != null;
                outer = opensJoin ? outer | 1L << depth : outer & ~(1L << depth);
                depth = Math.min(depth + 1, Long.SIZE - 1);
                blank(out, tokens.start(), opensJoin ? tokens.end() : tokens.start());
            } else if (first == '}' && depth > 0) {
                depth--;
                blank(out, tokens.start(), (outer & 1L << depth) == 0 ? tokens.start() : tokens.end());
            }
        }
        return out.toString();
    }

    private static void blank(StringBuilder text, int start, int end) {
        for (int i = start; i < end; i++) {
            text.setCharAt(i, ' ');
        }
    }
}
