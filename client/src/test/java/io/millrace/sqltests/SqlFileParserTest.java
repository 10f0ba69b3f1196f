package io.millrace.sqltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFileParserTest {
    @Test
    void aRecordHasAKeywordSqlAndRows() {
        SqlRecord record = only("# what it shows\nquery IT rowsort\nSELECT 1,\n  'a'\n----\n1|a\n");

        assertThat(record.line()).isEqualTo(2);
        assertThat(record.lastLine()).isEqualTo(6);
        assertThat(record.heading()).isEqualTo("query IT rowsort");
        assertThat(record.sql()).isEqualTo("SELECT 1,\n  'a'");
        assertThat(record.results().lines()).containsExactly("1|a");
    }

    @Test
    void linesMayEndWithCarriageReturn() {
        SqlRecord record = only("query I\r\nSELECT 1\r\n----\r\n1\r\n\r\n");

        assertThat(record.sql()).isEqualTo("SELECT 1");
        assertThat(record.results().lines()).containsExactly("1");
    }

    @Test
    void withoutSeparatorNoRowIsExpected() {
        SqlRecord record = only("query I\nSELECT 1 WHERE FALSE");

        assertThat(record.results().isThere()).isFalse();
        assertThat(record.results().lines()).isEmpty();
    }

    @Test
    void commentsAreTakenOutOfSqlAndKeptInRows() {
        SqlRecord record = only("query T\nSELECT\n# why\n  '#1'\n----\n#1\n");

        assertThat(record.sql()).isEqualTo("SELECT\n  '#1'");
        assertThat(record.results().lines()).containsExactly("#1");
    }

    @Test
    void conditionsTellForWhomARecordIs() {
        List<SqlRecord> records = parse("""
                skipif mysql # no such function
                onlyif millrace
                statement ok
                SELECT 1

                onlyif sqlite
                # and a comment
                statement ok
                SELECT 2

                skipif Millrace
                statement ok
                SELECT 3
                """);

        assertThat(records).extracting(SqlRecord::isSkipped).containsExactly(false, true, true);
        assertThat(records.get(0).line()).isEqualTo(1);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstWord() {
        assertThat(only("\uFEFFstatement ok\nSELECT 1").keyword()).isEqualTo(Keyword.STATEMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "foreach, record \"foreach\" is not supported: write the records out",
        "require, record \"require\" is not supported: nothing can be loaded or required",
        "sleep, 'record \"sleep\" is not supported: time is moved by \"advance clock 10s\"'",
        "selekt, unknown record \"selekt\"",
    })
    void foreignRecordsAreRefusedWithTheirLine(String word, String message) {
        assertThatThrownBy(() -> parse("statement ok\nSELECT 1\n\n" + word + " x\n"))
                .isInstanceOfSatisfying(
                        MalformedFileException.class, e -> assertThat(e.line()).isEqualTo(4))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'statement ok', SQL is missing",
        "'quiet q\nSELECT 1', no SQL belongs here",
        "'expect q', ---- and rows are missing",
        "'statement ok\nSELECT 1\n----\n1', no rows belong here",
        "'onlyif sqlite\n\nstatement ok\nSELECT 1', no record follows the condition",
        "'onlyif\nstatement ok\nSELECT 1', the name of an engine is missing",
    })
    void whatIsMissingOrTooMuchIsToldFirst(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(MalformedFileException.class)
                .hasMessage(message);
    }

    private static SqlRecord only(String text) {
        List<SqlRecord> records = parse(text);
        assertThat(records).hasSize(1);
        return records.get(0);
    }

    private static List<SqlRecord> parse(String text) {
        return SqlFileParser.parse(new SqlFile("test.slt", text));
    }
}
