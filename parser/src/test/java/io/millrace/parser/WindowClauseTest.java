package io.millrace.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.parser.ast.Durations;
import io.millrace.parser.ast.SqlWindowClause;
import io.millrace.parser.ast.WindowFunction;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.junit.jupiter.api.Test;

class WindowClauseTest {
    @Test
    void theHeadlineQueryReadsAsWritten() {
        SqlSelect select = select("SELECT word, COUNT(*) FROM lines WINDOW HOP(30s,10s) WHERE word LIKE '%ERROR%'");
        SqlWindowClause window = (SqlWindowClause) select.getFrom();
        assertThat(window.function()).isEqualTo(WindowFunction.HOP);
        assertThat(window.table()).hasToString("lines");
        assertThat(millis(window.size())).isEqualTo(30_000);
        assertThat(millis(window.slide())).isEqualTo(10_000);
        assertThat(window.timeColumn()).isNull();
        assertThat(window.offset()).isNull();
        assertThat(select.getWhere().getKind()).isEqualTo(SqlKind.LIKE);
        assertThat(window.getParserPosition().getColumnNum()).isEqualTo(34);
    }

    @Test
    void namedArgumentsComeInAnyOrder() {
        SqlWindowClause window = window("WINDOW HOP(SLIDE => 1m, ON => ts, SIZE => INTERVAL '1' HOUR, OFFSET => 5s)");
        assertThat(millis(window.size())).isEqualTo(3_600_000);
        assertThat(millis(window.slide())).isEqualTo(60_000);
        assertThat(millis(window.offset())).isEqualTo(5_000);
        assertThat(window.timeColumn()).hasToString("ts");
    }

    @Test
    void eachFunctionHasItsOwnDurations() {
        assertThat(millis(window("WINDOW TUMBLE(500ms)").size())).isEqualTo(500);
        assertThat(millis(window("WINDOW SESSION(GAP => 5m)").gap())).isEqualTo(300_000);
        SqlWindowClause cumulate = window("WINDOW CUMULATE(1d, STEP => 1h)");
        assertThat(millis(cumulate.size())).isEqualTo(86_400_000);
        assertThat(millis(cumulate.step())).isEqualTo(3_600_000);
        assertThat(cumulate.slide()).isNull();
    }

    @Test
    void theTimeColumnStandsAfterOnWithOrWithoutAComma() {
        assertThat(window("WINDOW TUMBLE(1m, ON ts)").timeColumn()).hasToString("ts");
        assertThat(window("WINDOW TUMBLE(1m ON ts)").timeColumn()).hasToString("ts");
        assertThat(window("WINDOW TUMBLE(1m, ON => ts)").timeColumn()).hasToString("ts");
    }

    @Test
    void theAliasOfTheTableStandsInside() {
        for (String from : new String[] {"lines l", "lines AS l"}) {
            SqlSelect select = select("SELECT COUNT(*) FROM " + from + " WINDOW TUMBLE(1m)");
            SqlNode table = ((SqlWindowClause) select.getFrom()).table();
            assertThat(table.getKind()).isEqualTo(SqlKind.AS);
            assertThat(((SqlBasicCall) table).operand(1).toString()).isEqualTo("l");
        }
    }

    @Test
    void bothSidesOfAJoinHaveTheirOwn() {
        SqlSelect select = select("SELECT 1 FROM a WINDOW TUMBLE(1m ON x) JOIN b WINDOW TUMBLE(1m ON y) ON a.k = b.k");
        SqlJoin join = (SqlJoin) select.getFrom();
        assertThat(((SqlWindowClause) join.getLeft()).timeColumn()).hasToString("x");
        assertThat(((SqlWindowClause) join.getRight()).timeColumn()).hasToString("y");
        assertThat(join.getCondition()).isNotNull();
    }

    @Test
    void theStandardClauseStaysWhatItIs() {
        SqlSelect select = select("SELECT SUM(x) OVER w FROM a WINDOW TUMBLE(1m) WINDOW w AS (PARTITION BY y)");
        assertThat(select.getFrom()).isInstanceOf(SqlWindowClause.class);
        assertThat(select.getWindowList()).hasSize(1);
        assertThat(select("SELECT SUM(x) OVER w FROM a WINDOW w AS (PARTITION BY y)")
                        .getFrom())
                .hasToString("a");
    }

    private static SqlSelect select(String sql) {
        return (SqlSelect) StatementParser.parse(sql).node();
    }

    private static SqlWindowClause window(String clause) {
        return (SqlWindowClause) select("SELECT COUNT(*) FROM lines " + clause).getFrom();
    }

    private static long millis(SqlNode duration) {
        return Durations.millis(Objects.requireNonNull(duration));
    }
}
