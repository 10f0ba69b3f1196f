package io.millrace.planner;

import static io.millrace.planner.PlannerFixture.error;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerErrorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    SELECT worrd FROM lines | 42703 line 1, column 8: column "worrd" does not exist. Did you mean "word"?
                    SELECT * FROM line | 42P01 line 1, column 15: stream "line" does not exist. Did you mean "lines"?
                    SELECT foo(word) FROM lines | 42883 line 1, column 8: function "foo" does not exist for the arguments (<CHARACTER>). Check its name and the types of its arguments.
                    SELECT a FROM s WHERE a | 42804 line 1, column 23: the condition of WHERE must be BOOLEAN
                    SELECT a + bo FROM s | 42804 line 1, column 8: "+" cannot be applied to <INTEGER> + <BOOLEAN>. Cast the operands to types that agree.
                    SELECT word, COUNT(*) FROM lines | 42000 line 1, column 8: "word" must be in GROUP BY or inside an aggregate. Add it to GROUP BY, or aggregate it.
                    SELECT STRCMP(v, 'a') FROM s | 0A000 line 1, column 8: function "strcmp" is not supported
                    SELECT COLLECT(a) FROM s | 0A000 line 1, column 8: aggregate function "collect" is not supported
                    SELECT a, MAP_FROM_ENTRIES(a) FROM s | 0A000 line 1, column 11: function "map_from_entries" of such arguments is not supported. Check the types of its arguments.
                    SELECT ARRAY[ARRAY[a]] FROM s | 0A000 line 1, column 8: type INTEGER ARRAY ARRAY is not supported
                    SELECT APPROX_PERCENTILE(a, 1.5) FROM s | 22023 line 1, column 29: fraction 1.5 of APPROX_PERCENTILE is out of range. Write a number from 0 to 1, such as 0.95.
                    SELECT APPROX_PERCENTILE(a, b) FROM s | 0A000 line 1, column 29: a fraction of APPROX_PERCENTILE that is not a constant is not supported. Write a number from 0 to 1, such as 0.95.
                    SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a) FROM s | 0A000 line 1, column 8: aggregate function "percentile_cont" is not supported
                    SELECT a, COUNT(DISTINCT a, b) FROM s GROUP BY a | 0A000 line 1, column 11: COUNT(DISTINCT …) of several values is not supported
                    SELECT STREAM l.word FROM lines l JOIN s ON l.word = s.v | 0A000 line 1, column 40: joins in continuous queries are not supported yet. Run the query once, without STREAM and EMIT.
                    SELECT * FROM s UNPIVOT (x FOR y IN (a, b)) | 0A000 line 1, column 17: UNPIVOT is not supported
                    SELECT STREAM a FROM s WHERE a IN (SELECT b FROM s) | 0A000 line 1, column 36: sub-queries in expressions in continuous queries are not supported yet. Run the query once, without STREAM and EMIT.
                    SELECT SUM(b) OVER (ORDER BY t) FROM s | 0A000 line 1, column 20: OVER is not supported
                    SELECT a FROM s GROUP BY DISTINCT ROLLUP(a), CUBE(a) | 0A000 line 1, column 17: GROUP BY DISTINCT is not supported
                    SELECT CAST(a AS VARCHAR FORMAT 'YYYY') FROM s | 0A000 line 1, column 8: CAST with FORMAT from INTEGER to VARCHAR is not supported. A format belongs to a cast between text and a date, a time or a timestamp.
                    SELECT TRANSLATE('abcd' USING utf8) FROM s | 0A000 line 1, column 8: TRANSLATE with USING is not supported
                    SELECT word FROM lines ORDER BY word LIMIT 3 EMIT CHANGES | 0A000 line 1, column 44: LIMIT with EMIT CHANGES is not supported. Leave it out, or limit a query that reads the rows once.
                    SELECT COUNT(*) FROM lines EMIT EVERY 1s | 42000 line 1, column 28: EMIT EVERY gives windows before they close, and there is none. Add CHANGES, which says what goes too, or aggregate over windows.
                    SELECT STREAM word FROM lines SINCE AFTER POSITION ? | 0A000 line 1, column 52: a position that is not a number is not supported
                    SUBSCRIBE lines WITH (SNAP = TRUE) | 42000 line 1, column 23: unknown option "SNAP". The options are SNAPSHOT and PROGRESS.
                    CREATE MATERIALIZED VIEW v AS SELECT CURRENT_TIMESTAMP FROM lines | 0A000 line 1, column 31: the current time in a materialized view is not supported. Compare with it in the query that reads the view, or use the append time, rowtime.
                    SELECT STREAM * FROM lines SINCE TIMESTAMP CURRENT_TIMESTAMP | 0A000 line 1, column 44: a time that is not a literal is not supported
                    SELECT MAX(SESSION_END(rowtime, INTERVAL '5' SECOND)) FROM lines GROUP BY SESSION(rowtime, INTERVAL '5' SECOND) | 0A000 line 1, column 75: a grouping by SESSION that computes with the bounds of its windows is not supported. Group in a query in FROM, and compute with what it gives.
                    SELECT STREAM COUNT(*) FROM lines | 42000 line 1, column 15: an aggregate over an endless stream: the result can be revised: add EMIT CHANGES. Or aggregate over windows, for example FROM s WINDOW TUMBLE(10s); or run it once, without STREAM and EMIT.
                    SELECT word FROM lines WINDOW HOP(30s, 10s) | 42000 line 1, column 24: a query over WINDOW needs an aggregate. Add one, such as COUNT(*); to see the windows of each row select from TABLE(HOP(TABLE …)).
                    SELECT a, COUNT(*) FROM s WINDOW TUMBLE(10s, ON => t) | 42000 line 1, column 27: no watermark tells when the windows over column "t" close. Use the column of the stream's WATERMARK, or rowtime.
                    SELECT a FROM s SINCE BEGINNING | 42000 line 1, column 17: SINCE belongs to a continuous query. Write SELECT STREAM, or leave SINCE out: a query that runs once reads all that is kept.
                    SELECT CAST(a AS TIMESTAMP(9)) FROM s | 22023 line 1, column 18: precision 9 of type TIMESTAMP(9) is out of range, at most 6 is possible. The engine's unit of time is the microsecond.
                    UPDATE s SET a = 1 | 0A000 line 1, column 8: stream "s" is append-only: UPDATE of it is not supported. Rows of a table can be changed.
                    CREATE OR REPLACE SINK k INTO (a = 'b') AS SELECT word FROM s | 0A000 line 1, column 1: OR REPLACE of a sink is not supported. Drop the sink, and create one that writes somewhere else.
                    DROP STREAM foo | 42P01 line 1, column 13: stream, table or view "foo" does not exist. SHOW STREAMS, SHOW TABLES and SHOW VIEWS list those that exist.
                    INSERT INTO s (a) VALUES (1) | 23502 line 1, column 1: column "n" must not be NULL. Give it a value.
                    INSERT INTO s (n) VALUES ('x') | 22018 line 1, column 27: column "n": invalid input for type INTEGER: "x"
                    INSERT INTO s (n, rowtime) VALUES (1, NOW()) | 42000 line 1, column 19: rowtime cannot be inserted. It is the time at which the stream takes the row.
                    INSERT INTO s (n, bo) VALUES (1, 2) | 42804 line 1, column 34: column "bo" is of type BOOLEAN, but the value is of type BIGINT. Cast the value.
                    CREATE STREAM x (a INT, A INT) | 42000 line 1, column 25: column "A" is defined twice. Names are not case-sensitive.
                    CREATE STREAM x (rowtime INT) | 42000 line 1, column 18: column name "rowtime" is reserved. Every stream has rowtime, the append time.
                    CREATE STREAM x (t INT, WATERMARK FOR t AS t) | 42000 line 1, column 39: time column "t" must be a TIMESTAMP, but is of type INTEGER. Declare it as TIMESTAMP(3).
                    """)
    void says_what_is_wrong_and_where(String sql, String expected) {
        assertThat(error(sql)).isEqualTo(expected);
    }

    @Test
    void a_slide_larger_than_the_size_names_both_readings() {
        assertThat(error("SELECT word, COUNT(*) FROM lines WINDOW HOP(10s, 30s)"))
                .contains("the slide of a window (30s) is larger than its size (10s)")
                .contains("(size, slide)")
                .contains("(slide, size)");
    }

    @Test
    void windows_need_a_timestamp() {
        assertThat(error("SELECT COUNT(*) FROM lines WINDOW TUMBLE(5s, ON => word)"))
                .contains("42804")
                .contains("the time column \"word\" of a window must be a TIMESTAMP, but is of type VARCHAR");
    }

    @Test
    void a_row_in_too_many_windows_is_refused_in_every_spelling() {
        assertThat(error("SELECT COUNT(*) FROM lines WINDOW HOP(30d, 1ms)"))
                .startsWith("53400 line 1, column")
                .contains("each row would be in 2592000000 windows");
        assertThat(error("SELECT COUNT(*) FROM lines GROUP BY HOP(ts, 1ms, 30d)"))
                .startsWith("53400");
        assertThat(error("SELECT * FROM TABLE(HOP(TABLE lines, DESCRIPTOR(ts), 1ms, 30d))"))
                .startsWith("53400");
    }

    @Test
    void positions_count_lines() {
        assertThat(error("SELECT word,\n  wurd\nFROM lines")).startsWith("42703 line 2, column 3:");
    }

    @Test
    void long_chains_of_or_are_planned_and_deep_nesting_is_refused() {
        StringBuilder chain = new StringBuilder("SELECT a FROM s WHERE a = 0");
        for (int i = 1; i < 900; i++) {
            chain.append(" OR b > ").append(i);
        }
        assertThat(PlannerFixture.plan(chain.toString())).isInstanceOf(StatementPlan.Query.class);
        String deep = "SELECT a" + " + 1".repeat(1000) + " FROM s";
        assertThat(error(deep)).startsWith("54001");
    }
}
