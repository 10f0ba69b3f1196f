package io.millrace.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {
    @Test
    void aSemicolonEndsAStatement() {
        assertThat(statements("SELECT 1; SELECT 2;\n;;  SELECT\n 3 "))
                .extracting(ScriptStatement::sql)
                .containsExactly("SELECT 1", "SELECT 2", "SELECT\n 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ';'",
                "SELECT 'it''s; so'",
                "SELECT \"a;b\"",
                "SELECT \"a\"\";\"",
                "SELECT 1 -- one; two\n + 1",
                "SELECT 1 /* ; -- ' */ + 1",
                "SELECT '--', ';'",
                "SELECT '/*', ';'",
                "SELECT 4 - -2",
                "SELECT 4 / 2 * 3",
                "SELECT '😀;'",
            })
    void notInQuotesOrComments(String sql) {
        assertThat(statements(sql + ";" + sql)).extracting(ScriptStatement::sql).containsExactly(sql, sql);
    }

    @Test
    void commentsBeforeAStatementAreNoPartOfIt() {
        assertThat(statements("-- a;\n/* b; */ SELECT 1; -- the end"))
                .containsExactly(new ScriptStatement("SELECT 1", 2, 10));
    }

    @Test
    void eachKnowsWhereItBegins() {
        assertThat(statements("SELECT 1;  SELECT\n2;\r\n\n SELECT 3"))
                .containsExactly(
                        new ScriptStatement("SELECT 1", 1, 1),
                        new ScriptStatement("SELECT\n2", 1, 12),
                        new ScriptStatement("SELECT 3", 4, 2));
    }

    @Test
    void aPlaceInAStatementIsOneInTheScript() {
        ScriptStatement statement = new ScriptStatement("SELECT\n2", 3, 12);

        assertThat(statement.lineInScript(2)).isEqualTo(4);
        assertThat(statement.columnInScript(1, 5)).isEqualTo(16);
        assertThat(statement.columnInScript(2, 5)).isEqualTo(5);
    }

    @Test
    void piecesMayBeCutAnywhere() {
        String text = "-- a;\nSELECT '--;' /* ; */ - 1;\nSELECT \"x\" -- ;\n;SELECT 3";
        List<ScriptStatement> whole = statements(text);
        for (int size = 1; size < text.length(); size++) {
            StatementSplitter splitter = new StatementSplitter();
            List<ScriptStatement> found = new ArrayList<>();
            for (int i = 0; i < text.length(); i += size) {
                splitter.add(text.substring(i, Math.min(text.length(), i + size)));
                drain(splitter, found);
            }
            rest(splitter, found);
            assertThat(found).as("pieces of " + size).isEqualTo(whole);
        }
    }

    @Test
    void whatIsNotClosedGoesOn() {
        assertThat(SqlLineParser.isOpen("SELECT 1")).isTrue();
        assertThat(SqlLineParser.isOpen("SELECT ';")).isTrue();
        assertThat(SqlLineParser.isOpen("SELECT 1; /* more")).isTrue();
        assertThat(SqlLineParser.isOpen("SELECT 1; SELECT")).isTrue();
        assertThat(SqlLineParser.isOpen("SELECT 1; -- done")).isFalse();
        assertThat(SqlLineParser.isOpen("SELECT 1;")).isFalse();
        assertThat(SqlLineParser.isOpen("  ")).isFalse();
        assertThat(SqlLineParser.isOpen("\\d s")).isFalse();
        assertThat(SqlLineParser.isOpen("quit")).isFalse();
    }

    private static List<ScriptStatement> statements(String text) {
        StatementSplitter splitter = new StatementSplitter();
        splitter.add(text);
        List<ScriptStatement> found = new ArrayList<>();
        drain(splitter, found);
        rest(splitter, found);
        return found;
    }

    private static void drain(StatementSplitter splitter, List<ScriptStatement> found) {
        for (ScriptStatement next = splitter.next(); next != null; next = splitter.next()) {
            found.add(next);
        }
    }

    private static void rest(StatementSplitter splitter, List<ScriptStatement> found) {
        ScriptStatement rest = splitter.rest();
        if (rest != null) {
            found.add(rest);
        }
    }
}
