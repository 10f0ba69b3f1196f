package io.millrace.planner;

import static io.millrace.planner.PlannerFixture.explain;
import static io.millrace.planner.PlannerFixture.labels;
import static io.millrace.planner.PlannerFixture.projected;
import static io.millrace.planner.PlannerFixture.query;
import static io.millrace.planner.PlannerFixture.types;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QueryPlanTest {
    private static final String HEADLINE =
            "SELECT word, COUNT(*) FROM lines WINDOW HOP(30s,10s) WHERE word LIKE '%ERROR%'";

    @Nested
    class Windows {
        @Test
        void the_headline_query_counts_per_window_and_word() {
            assertThat(explain(HEADLINE)).isEqualTo("""
                            continuous, EMIT ON WINDOW CLOSE, SINCE NOW; output: word, COUNT(*)
                              FilterProject [word, COUNT(*)]; state: none
                                WindowAggregate HOP(size => 30s, slide => 10s, on => ts) by word compute COUNT(*); state: open panes, freed behind the watermark of ts; APPEND
                                  FilterProject [word, ts] where word LIKE '%ERROR%'; state: none
                                    StreamScan lines [word, ts]; time: ts, watermark ts - INTERVAL 5s; APPEND
                            """);
        }

        @Test
        void all_spellings_of_a_window_give_one_plan() {
            String function = "SELECT STREAM word, COUNT(*) FROM TABLE(HOP(DATA => TABLE lines, TIMECOL => "
                    + "DESCRIPTOR(ts), SLIDE => INTERVAL '10' SECOND, SIZE => INTERVAL '30' SECOND)) "
                    + "WHERE word LIKE '%ERROR%' GROUP BY window_start, window_end, word";
            String positional = "SELECT STREAM word, COUNT(*) FROM TABLE(HOP(TABLE lines, DESCRIPTOR(ts), "
                    + "INTERVAL '10' SECOND, INTERVAL '30' SECOND)) "
                    + "WHERE word LIKE '%ERROR%' GROUP BY word, window_start, window_end EMIT ON WINDOW CLOSE";
            String grouped = "SELECT STREAM word, COUNT(*) FROM lines WHERE word LIKE '%ERROR%' "
                    + "GROUP BY HOP(ts, INTERVAL '10' SECOND, INTERVAL '30' SECOND), word";
            String named = "SELECT word, COUNT(*) FROM lines WINDOW HOP(SLIDE => 10s, SIZE => 30s, ON => ts) "
                    + "WHERE word LIKE '%ERROR%' GROUP BY word EMIT FINAL";
            assertThat(query(function)).isEqualTo(query(HEADLINE));
            assertThat(query(positional)).isEqualTo(query(HEADLINE));
            assertThat(query(grouped)).isEqualTo(query(HEADLINE));
            assertThat(query(named)).isEqualTo(query(HEADLINE));
        }

        @Test
        void a_stream_without_watermark_uses_rowtime() {
            assertThat(explain("SELECT a, SUM(b) FROM s WINDOW TUMBLE(2m)"))
                    .contains("TUMBLE(size => 2m, on => rowtime)")
                    .contains("freed behind the clock")
                    .contains("StreamScan s [a, b, rowtime]");
        }

        @Test
        void window_columns_can_be_selected() {
            assertThat(explain("SELECT word, window_start, window_end, window_time, COUNT(*) AS n "
                            + "FROM lines WINDOW TUMBLE(120s) GROUP BY word HAVING COUNT(*) > 3"))
                    .contains("window_end - INTERVAL 1ms AS window_time, COUNT(*)] where COUNT(*) > 3");
        }

        @Test
        void conditions_go_below_the_window_but_for_those_on_its_columns() {
            assertThat(explain("SELECT window_end, COUNT(*) FROM TABLE(TUMBLE(TABLE lines, DESCRIPTOR(ts), "
                            + "INTERVAL '10' SECOND)) WHERE window_start > TIMESTAMP '2024-01-01 00:00:00' "
                            + "AND word = 'x' GROUP BY window_end"))
                    .isEqualTo("""
                            bounded; output: window_end, COUNT(*)
                              FilterProject [window_end, COUNT(*)] where window_start > TIMESTAMP '2024-01-01 00:00:00'; state: none
                                WindowAggregate TUMBLE(size => 10s, on => ts) compute COUNT(*); state: open panes, freed behind the watermark of ts; APPEND
                                  FilterProject [ts] where word = 'x'; state: none
                                    StreamScan lines [word, ts]; time: ts, watermark ts - INTERVAL 5s; APPEND
                            """);
        }

        @Test
        void a_window_function_without_aggregate_assigns_windows() {
            assertThat(explain("SELECT * FROM TABLE(TUMBLE(TABLE lines, DESCRIPTOR(ts), INTERVAL '10' SECOND))"))
                    .isEqualTo("""
                            bounded; output: word, ts, window_start, window_end, window_time
                              WindowAssign TUMBLE(size => 10s, on => ts); state: none
                                StreamScan lines [word, ts]; time: ts, watermark ts - INTERVAL 5s; APPEND
                            """);
        }

        @Test
        void another_grouping_over_windows_is_a_hash_aggregate() {
            assertThat(explain("SELECT word, COUNT(*) FROM TABLE(TUMBLE(TABLE lines, DESCRIPTOR(ts), "
                            + "INTERVAL '10' SECOND)) GROUP BY word"))
                    .contains("HashAggregate by word")
                    .contains("WindowAssign TUMBLE");
        }

        @Test
        void the_sugar_reads_derived_tables_and_with_queries() {
            assertThat(explain("WITH x AS (SELECT word, ts FROM lines WHERE word <> '') "
                            + "SELECT word, COUNT(*) FROM x WINDOW TUMBLE(1m)"))
                    .contains("TUMBLE(size => 1m, on => ts)");
            assertThat(explain(
                            "SELECT * FROM (SELECT word, COUNT(*) AS n FROM lines WINDOW TUMBLE(10s)) x WHERE n > 1"))
                    .startsWith("continuous")
                    .contains("where COUNT(*) > 1");
        }

        @Test
        void any_timestamp_will_do_for_a_bounded_query() {
            assertThat(explain("SELECT COUNT(*) FROM s GROUP BY TUMBLE(t, INTERVAL '1' HOUR)"))
                    .contains("freed at the end of the input");
        }
    }

    @Nested
    class Rows {
        @Test
        void star_leaves_rowtime_out() {
            assertThat(labels("SELECT * FROM lines")).containsExactly("word", "ts");
            assertThat(labels("SELECT l.*, rowtime FROM lines l")).containsExactly("word", "ts", "rowtime");
            assertThat(labels("SELECT * FROM (SELECT rowtime, word FROM lines)"))
                    .containsExactly("rowtime", "word");
        }

        @Test
        void labels_are_aliases_columns_as_typed_or_the_text() {
            assertThat(labels("SELECT WORD, word AS w, UPPER( word ), COUNT(*) FROM lines GROUP BY word"))
                    .containsExactly("WORD", "w", "UPPER( word )", "COUNT(*)");
        }

        @Test
        void the_wrong_simplification_of_coalesce_is_not_made() {
            assertThat(explain("SELECT a FROM s WHERE COALESCE(b, b) <> 3")).contains("where COALESCE(b, b) <> 3");
        }

        @Test
        void hidden_sort_columns_are_dropped_after_the_sort() {
            assertThat(explain("SELECT a, b FROM s ORDER BY c + 1 DESC, a NULLS FIRST LIMIT 2 OFFSET 1"))
                    .isEqualTo("""
                            bounded; output: a, b
                              FilterProject [a, b]; state: none
                                Sort by c + 1.0 DESC, a NULLS FIRST fetch 2 offset 1; state: all rows
                                  FilterProject [a, b, c + 1.0]; state: none
                                    StreamScan s [a, b, c]; time: rowtime; APPEND
                            """);
        }

        @Test
        void sums_and_averages_have_wide_types() {
            assertThat(types("SELECT SUM(a), SUM(d), SUM(c), AVG(a), AVG(d), MIN(v), COUNT(*) FROM s"))
                    .containsExactly(
                            "BIGINT", "DECIMAL(38, 2)", "DOUBLE", "DOUBLE", "DECIMAL(38, 6)", "VARCHAR", "BIGINT");
        }

        @Test
        void queries_without_from_are_values() {
            assertThat(explain("SELECT 1 + 1, 'a'")).contains("Values");
            assertThat(labels("VALUES (1, 'a'), (2, 'bcd')")).containsExactly("column1", "column2");
        }

        @Test
        void continuous_limits_and_parameters_are_kept() {
            assertThat(explain("SELECT STREAM a FROM s WHERE b = ? LIMIT ? SINCE BEGINNING"))
                    .startsWith("continuous, rows as they come, SINCE BEGINNING")
                    .contains("Limit fetch ?2")
                    .contains("where b = ?1");
        }
    }

    @Nested
    class Expressions {
        @Test
        void operands_agree() {
            assertThat(projected("a + b, d * a, c + d, b % a, POWER(a, 2)"))
                    .isEqualTo("CAST(a AS BIGINT) + b AS EXPR$0, d * CAST(a AS DECIMAL(10, 0)) AS EXPR$1, "
                                    .replaceAll(" AS EXPR\\$\\d", "")
                            + "c + CAST(d AS DOUBLE), b % CAST(a AS BIGINT), POWER(CAST(a AS DOUBLE), 2.0)");
        }

        @Test
        void comparisons_leave_columns_uncast() {
            assertThat(projected("d > 1, b = 3, 3 < a, t > '2024-01-01', ch = 'ab '"))
                    .isEqualTo("d > 1.00, b = 3, a > 3, t > TIMESTAMP '2024-01-01 00:00:00', RTRIM(ch, ' ') = 'ab'");
        }

        @Test
        void alternatives_become_in() {
            assertThat(projected("a IN (1, 2), a NOT IN (1, 2), v = 'a' OR v = 'b'"))
                    .isEqualTo("a IN (1, 2), NOT (a IN (1, 2)), v IN ('a', 'b')");
        }

        @Test
        void conditionals_are_not_padded() {
            assertThat(projected("CASE WHEN a > 1 THEN 'a' ELSE 'bcd' END, COALESCE(v, 'x')"))
                    .isEqualTo("CASE WHEN a > 1 THEN 'a' ELSE 'bcd' END, COALESCE(v, 'x')");
        }

        @Test
        void strings_and_times_have_their_functions() {
            assertThat(projected("TRIM(LEADING 'x' FROM v), SUBSTRING(v FROM 2 FOR 3), v NOT LIKE 'a!%' ESCAPE '!'"))
                    .isEqualTo("LTRIM(v, 'x'), SUBSTRING(v, 2, 3), NOT (v LIKE 'a!%' ESCAPE '!')");
            assertThat(projected(
                            "EXTRACT(HOUR FROM t), FLOOR(t TO HOUR), DATE_TRUNC('hour', t), t - INTERVAL '120' SECOND"))
                    .isEqualTo("EXTRACT('HOUR', t), FLOOR_TO(t, 'HOUR'), FLOOR_TO(t, 'HOUR'), t - INTERVAL 2m");
            assertThat(types("SELECT NOW(), CURRENT_TIMESTAMP, CURRENT_DATE"))
                    .containsExactly("TIMESTAMP(3)", "TIMESTAMP(3)", "DATE");
        }

        @Test
        void text_beyond_latin_letters_is_kept() {
            assertThat(projected("v = '日本'")).isEqualTo("v = '日本'");
        }
    }
}
