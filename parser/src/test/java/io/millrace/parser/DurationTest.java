package io.millrace.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.dialect.CalciteSqlDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTest {
    @ParameterizedTest
    @CsvSource({
        "30s, INTERVAL '30' SECOND(10; 0)",
        "0s, INTERVAL '0' SECOND(10; 0)",
        "1m, INTERVAL '60' SECOND(10; 0)",
        "2H, INTERVAL '7200' SECOND(10; 0)",
        "1d, INTERVAL '86400' SECOND(10; 0)",
        "500ms, INTERVAL '0.500' SECOND(10; 3)",
        "1500ms, INTERVAL '1.500' SECOND(10; 3)",
        "2000ms, INTERVAL '2' SECOND(10; 0)",
    })
    void becomesAnIntervalOfSecondsAsCoarseAsItCanBe(String duration, String interval) {
        SqlNode node = StatementParser.parseExpression(duration);
        assertThat(node.toSqlString(CalciteSqlDialect.DEFAULT)
                        .getSql()
                        .replace(", 0)", "; 0)")
                        .replace(", 3)", "; 3)"))
                .isEqualTo(interval);
    }

    @Test
    void keepsItsPlaceInTheText() {
        SqlNode duration = ((SqlCall) StatementParser.parseExpression("ts -\n  5s")).operand(1);
        assertThat(duration.getParserPosition().getLineNum()).isEqualTo(2);
        assertThat(duration.getParserPosition().getColumnNum()).isEqualTo(3);
    }

    @Test
    void numbersStayNumbers() {
        assertThat(((SqlLiteral) StatementParser.parseExpression("1e5")).bigDecimalValue())
                .isEqualByComparingTo("100000");
        assertThat(StatementParser.parseExpression("1.5")).isInstanceOf(SqlNumericLiteral.class);
        assertThat(StatementParser.parseExpression("30")).isInstanceOf(SqlNumericLiteral.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "30x   | unknown unit \"x\" in the duration \"30x\". The units are ms, s, m (minutes), h and d",
                "1M2   | unknown unit \"M2\"",
                "1.5s  | is not a whole number",
                "9999999999999999999999d | is out of range",
            })
    void isRefusedWithTheUnitsThatThereAre(String duration, String message) {
        assertThatThrownBy(() -> StatementParser.parseExpression(duration)).hasMessageContaining(message);
    }
}
