package io.millrace.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "word",
                "value",
                "key",
                "source",
                "line",
                "reason",
                "raw",
                "position",
                "time",
                "date",
                "timestamp",
                "size",
                "slide",
                "step",
                "gap",
                "count",
                "sum",
                "min",
                "max",
                "year",
                "month",
                "day",
                "hour",
                "minute",
                "second",
                "start",
                "end",
                "result",
                "method",
                "name",
                "type",
                "state",
                "status",
                "level",
                "message",
                "text",
                "string",
                "host",
                "path",
                "query",
                "changes",
                "hop",
                "tumble",
                "session",
                "idle",
                "timeout",
                "now",
                "module",
                "language",
                "open",
                "close",
                "period",
                "percent",
                "rank",
                "ref",
                "uuid",
                "system",
                "window_start",
                "window_end",
                "rowtime",
                "watermark",
                "sink",
                "bytes",
                "up",
                "if",
                "kill",
                "flush",
                "filter",
                "match",
                "data",
                "index",
                "event",
                "user_id",
                "mod",
                "power",
                "upper",
                "lower",
                "scope",
            })
    void commonWordsAreColumnNames(String name) {
        for (String form : new String[] {
            "CREATE STREAM s (# TIMESTAMP(3), WATERMARK FOR # AS # - 5s)",
            "SELECT #, s.#, # + 1 FROM s WHERE # = 'x' AND (# > 1 OR # IS NULL) GROUP BY # HAVING MAX(#) > 1 ORDER BY #",
            "SELECT COUNT(#), CAST(# AS VARCHAR), CASE WHEN # = 1 THEN # ELSE # END AS # FROM t AS # EMIT CHANGES",
            "SELECT COUNT(*) FROM # WINDOW TUMBLE(1m, ON #)",
            "INSERT INTO # (#) VALUES (1)",
            "CREATE VIEW # (#) AS SELECT * FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(#), 1m))",
            "DESCRIBE #",
            "SUBSCRIBE #",
        }) {
            String sql = form.replace("#", name);
            assertThat(StatementParser.parse(sql).node()).as(sql).isNotNull();
        }
    }

    @Test
    void keepTheirCaseAndMayBeQuoted() {
        assertThat(StatementParser.parseExpression("Word")).hasToString("Word");
        assertThat(StatementParser.parseExpression("\"emit\"")).hasToString("emit");
        assertThat(StatementParser.parseExpression("日本")).hasToString("日本");
    }

    @Test
    void builtInFunctionsStayFunctions() {
        assertThat(StatementParser.parseExpression("EXTRACT(YEAR FROM ts) + YEAR(ts) + COUNT(*) + POSITION('a' IN b)"))
                .isNotNull();
        assertThat(StatementParser.parseExpression("TIMESTAMP '2026-01-01 00:00:00' + INTERVAL '1' DAY"))
                .isNotNull();
        assertThat(StatementParser.parseExpression("TIMESTAMPDIFF(SECOND, a, b) + FLOOR(ts TO MINUTE) + CEIL(x)"))
                .isNotNull();
        assertThat(StatementParser.parseExpression("SUM(x) FILTER (WHERE x > 1)"))
                .isNotNull();
    }
}
