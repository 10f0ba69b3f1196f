package io.millrace.sqltests;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads SQL files: records with a blank line between them, and comments that begin with {@code #}. */
final class SqlTestParser {
    private static final String SEPARATOR = "----";

    /** What stands below the first line of a record. */
    private enum Body {
        NONE,
        SQL,
        ROWS,
        SQL_AND_ROWS
    }

    private static final Map<String, Body> BODIES = Map.ofEntries(
            Map.entry("statement", Body.SQL),
            Map.entry("query", Body.SQL_AND_ROWS),
            Map.entry("show", Body.ROWS),
            Map.entry("clock", Body.NONE),
            Map.entry("advance", Body.NONE),
            Map.entry("open", Body.SQL),
            Map.entry("expect", Body.ROWS),
            Map.entry("quiet", Body.NONE),
            Map.entry("end", Body.NONE),
            Map.entry("error", Body.NONE),
            Map.entry("close", Body.NONE));

    private final List<String> lines;
    private int next;

    private SqlTestParser(List<String> lines) {
        this.lines = lines;
    }

    static List<SqlTestRecord> parse(List<String> lines) {
        SqlTestParser parser = new SqlTestParser(lines);
        List<SqlTestRecord> records = new ArrayList<>();
        while (parser.skipToRecord()) {
            records.add(parser.record());
        }
        return records;
    }

    private boolean skipToRecord() {
        while (next < lines.size() && (isBlank() || lines.get(next).startsWith("#"))) {
            next++;
        }
        return next < lines.size();
    }

    private boolean isBlank() {
        return lines.get(next).isBlank();
    }

    private SqlTestRecord record() {
        int first = next;
        String[] words = lines.get(next++).strip().split("\\s+", 2);
        String arguments = words.length == 1 ? "" : words[1];
        List<String> sql = body(true);
        boolean hasRows = next < lines.size() && lines.get(next).equals(SEPARATOR);
        if (hasRows) {
            next++;
        }
        List<String> rows = hasRows ? body(false) : List.of();
        SqlTestRecord record = new SqlTestRecord(first + 1, words[0], arguments, String.join("\n", sql), rows);
        check(record, hasRows);
        return record;
    }

    private List<String> body(boolean endsAtSeparator) {
        List<String> body = new ArrayList<>();
        while (next < lines.size()
                && !isBlank()
                && !(endsAtSeparator && lines.get(next).equals(SEPARATOR))) {
            body.add(lines.get(next++));
        }
        return body;
    }

    private static void check(SqlTestRecord record, boolean hasRows) {
        Body body = BODIES.get(record.keyword());
        if (body == null) {
            throw malformed(record, "unknown keyword \"" + record.keyword() + "\"");
        }
        boolean wantsSql = body == Body.SQL || body == Body.SQL_AND_ROWS;
        boolean wantsRows = body == Body.ROWS || body == Body.SQL_AND_ROWS;
        if (record.sql().isEmpty() == wantsSql) {
            throw malformed(record, wantsSql ? "SQL is missing" : "no SQL belongs here");
        }
        if (hasRows != wantsRows) {
            throw malformed(record, wantsRows ? "---- and rows are missing" : "no rows belong here");
        }
    }

    private static IllegalArgumentException malformed(SqlTestRecord record, String reason) {
        return new IllegalArgumentException("line " + record.line() + ": " + reason);
    }
}
