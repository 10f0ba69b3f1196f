package io.millrace.planner;

import org.apache.calcite.sql.parser.SqlParserPos;

/** Cuts pieces out of a SQL text. */
final class SourceText {
    private final String sql;
    private final String[] lines;

    SourceText(String sql) {
        this.sql = sql;
        lines = sql.split("\r\n|\r|\n", -1);
    }

    /** What was typed at a place, on one line. */
    String slice(SqlParserPos position) {
        int first = position.getLineNum() - 1;
        int last = position.getEndLineNum() - 1;
        if (first < 0 || last >= lines.length) {
            return sql;
        }
        StringBuilder text = new StringBuilder();
        for (int i = first; i <= last; i++) {
            int from = i == first ? position.getColumnNum() - 1 : 0;
            int to = i == last ? position.getEndColumnNum() : lines[i].length();
            text.append(i == first ? "" : " ");
            text.append(
                    lines[i],
                    Math.min(Math.max(from, 0), lines[i].length()),
                    Math.min(Math.max(to, from), lines[i].length()));
        }
        return text.toString().strip().replaceAll("\\s+", " ");
    }

    /** What was typed at a place, as it was typed. */
    String exactly(SqlParserPos position) {
        return sql.substring(
                offset(position.getLineNum(), position.getColumnNum()) - 1,
                offset(position.getEndLineNum(), position.getEndColumnNum()));
    }

    /** What was typed up to the end of a place. */
    String upTo(SqlParserPos position) {
        return sql.substring(0, offset(position.getEndLineNum(), position.getEndColumnNum()));
    }

    /** How many characters there are up to a column of a line, with that one. */
    private int offset(int line, int column) {
        int offset = 0;
        for (int i = 0; i < line - 1; i++) {
            offset += lines[i].length();
            offset += sql.startsWith("\r\n", offset) ? 2 : 1;
        }
        return offset + column;
    }
}
