package io.millrace.sqltests;

import io.millrace.sqltests.SqlRecord.Condition;
import io.millrace.sqltests.SqlRecord.Results;
import java.util.ArrayList;
import java.util.List;

/** Reads the records of a SQL file: a blank line is between them, a comment is a line that begins with {@code #}. */
final class SqlFileParser {
    private static final String SEPARATOR = "----";

    private final SqlFile file;
    private int next;

    private SqlFileParser(SqlFile file) {
        this.file = file;
    }

    static List<SqlRecord> parse(SqlFile file) {
        SqlFileParser parser = new SqlFileParser(file);
        List<SqlRecord> records = new ArrayList<>();
        while (parser.skipToRecord()) {
            records.add(parser.record());
        }
        return records;
    }

    private boolean skipToRecord() {
        while (next < file.lineCount() && (isBlank() || isComment())) {
            next++;
        }
        return next < file.lineCount();
    }

    private boolean isBlank() {
        return file.line(next).isBlank();
    }

    private boolean isComment() {
        return file.line(next).startsWith("#");
    }

    private boolean isSeparator() {
        return file.line(next).equals(SEPARATOR);
    }

    private SqlRecord record() {
        int first = next + 1;
        List<Condition> conditions = conditions();
        String[] words = file.line(next++).strip().split("\\s+", 2);
        Keyword keyword = keyword(first, words[0]);
        String sql = sql();
        Results results = results();
        SqlRecord record =
                new SqlRecord(first, next, conditions, keyword, words.length == 1 ? "" : words[1], sql, results);
        check(record);
        return record;
    }

    private List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        while (file.line(next).startsWith("skipif") || file.line(next).startsWith("onlyif")) {
            String[] words = file.line(next).strip().split("\\s+");
            if (words.length < 2) {
                throw new MalformedFileException(next + 1, "the name of an engine is missing");
            }
            conditions.add(new Condition(words[0].equals("onlyif"), words[1]));
            do {
                next++;
            } while (next < file.lineCount() && isComment());
            if (next == file.lineCount() || isBlank()) {
                throw new MalformedFileException(next, "no record follows the condition");
            }
        }
        return conditions;
    }

    private static Keyword keyword(int line, String word) {
        Keyword keyword = Keyword.of(word);
        if (keyword != null) {
            return keyword;
        }
        String reason = ForeignRecords.reason(word);
        throw new MalformedFileException(
                line,
                reason == null
                        ? "unknown record \"" + word + "\""
                        : "record \"" + word + "\" is not supported: " + reason);
    }

    private String sql() {
        List<String> sql = new ArrayList<>();
        while (next < file.lineCount() && !isBlank() && !isSeparator()) {
            if (!isComment()) {
                sql.add(file.line(next));
            }
            next++;
        }
        return String.join("\n", sql);
    }

    private Results results() {
        boolean isThere = next < file.lineCount() && isSeparator();
        if (isThere) {
            next++;
        }
        int start = file.offset(next);
        List<String> lines = new ArrayList<>();
        while (isThere && next < file.lineCount() && !isBlank()) {
            lines.add(file.line(next++));
        }
        return new Results(isThere, lines, start, file.offset(next));
    }

    private static void check(SqlRecord record) {
        boolean wantsSql = switch (record.keyword().body()) {
            case SQL, SQL_AND_MAYBE_RESULTS -> true;
            case NONE, RESULTS -> false;
        };
        if (record.sql().isEmpty() == wantsSql) {
            throw malformed(record, wantsSql ? "SQL is missing" : "no SQL belongs here");
        }
        if (record.keyword().body() == Keyword.Body.RESULTS && !record.results().isThere()) {
            throw malformed(record, "---- and rows are missing");
        }
        boolean mayHaveResults = switch (record.keyword()) {
            case STATEMENT -> record.arguments().startsWith("error");
            case QUERY, SHOW, EXPECT -> true;
            default -> false;
        };
        if (record.results().isThere() && !mayHaveResults) {
            throw malformed(record, "no rows belong here");
        }
    }

    private static MalformedFileException malformed(SqlRecord record, String reason) {
        return new MalformedFileException(record.line(), reason);
    }
}
