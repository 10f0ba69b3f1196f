package io.millrace.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResultWritersTest {
    private static final List<ResultColumn> COLUMNS =
            List.of(new ResultColumn("id", Types.INTEGER), new ResultColumn("name", Types.VARCHAR));

    private final StringWriter out = new StringWriter();

    @Nested
    @DisplayName("a table")
    class Table {
        @Test
        void isAligned() throws IOException {
            ResultWriter table = new TableResultWriter(out, COLUMNS, 0);
            write(table, row("1", "日本"), row("-200", null), row("3", ""));
            assertThat(out).hasToString("""
                       id | name
                    ------+------
                        1 | 日本
                     -200 | NULL
                        3 |
                    """);
        }

        @Test
        void hasAHeaderWithoutRows() throws IOException {
            write(new TableResultWriter(out, COLUMNS, 0));
            assertThat(out).hasToString(" id | name\n----+------\n");
        }

        @Test
        void widensForWhatComesLater() throws IOException {
            ResultWriter table = new TableResultWriter(out, COLUMNS, 0);
            table.row(row("1", "a"));
            table.flush();
            table.row(row("123456789", "a name that is wider"));
            table.row(row("2", "b"));
            table.end();
            assertThat(out.toString().lines())
                    .containsExactly(
                            "      id | name",
                            "---------+------------",
                            "       1 | a",
                            " 123456789 | a name that is wider",
                            "         2 | b");
        }

        @Test
        void isCutWhereTheTerminalEnds() throws IOException {
            ResultWriter table = new TableResultWriter(out, COLUMNS, 20);
            write(table, row("1", "日本語日本語日本語"), row("2", "short"));
            assertThat(out.toString().lines())
                    .allSatisfy(line -> assertThat(CellText.width(line)).isLessThanOrEqualTo(20))
                    .contains("  1 | 日本語日本語…", "  2 | short");
            assertThat(table.hasCut()).isTrue();
        }

        @Test
        void doesNothingToTheTerminal() throws IOException {
            write(new TableResultWriter(out, COLUMNS, 0), row("1", "a\u001b[2Jb\nc\u202ed"));
            assertThat(out.toString()).contains("| a\\u001b[2Jb\\nc\\u202ed\n");
        }

        @Test
        void mayHaveALinePerValue() throws IOException {
            write(new ExpandedResultWriter(out, COLUMNS), row("1", "x".repeat(300)), row("2", null));
            assertThat(out)
                    .hasToString("-[ row 1 ]--\nid   | 1\nname | " + "x".repeat(300)
                            + "\n-[ row 2 ]--\nid   | 2\nname | NULL\n");
        }
    }

    @Nested
    @DisplayName("CSV")
    class Csv {
        @Test
        void tellsNullFromAnEmptyText() throws IOException {
            write(new CsvResultWriter(out, COLUMNS), row("1", null), row("2", ""), row("3", "a,\"b\"\nc"));
            assertThat(out).hasToString("id,name\r\n1,\r\n2,\"\"\r\n3,\"a,\"\"b\"\"\nc\"\r\n");
        }
    }

    @Nested
    @DisplayName("JSON")
    class Json {
        private static final List<ResultColumn> TYPES = List.of(
                new ResultColumn("i", Types.BIGINT),
                new ResultColumn("d", Types.DECIMAL),
                new ResultColumn("r", Types.DOUBLE),
                new ResultColumn("b", Types.BOOLEAN),
                new ResultColumn("t", Types.VARCHAR));

        @Test
        void isAnObjectPerLine() throws IOException {
            write(
                    new JsonResultWriter(out, TYPES),
                    row("-9223372036854775808", "1.50", "1.0E10", "true", "é\"\n"),
                    row(null, null, "NaN", "false", ""),
                    row("1", "0", "-Infinity", null, "1"));
            assertThat(out).hasToString("""
                    {"i":-9223372036854775808,"d":1.50,"r":1.0E10,"b":true,"t":"é\\"\\n"}
                    {"i":null,"d":null,"r":"NaN","b":false,"t":""}
                    {"i":1,"d":0,"r":"-Infinity","b":null,"t":"1"}
                    """);
        }

        @Test
        void isNothingWithoutRows() throws IOException {
            write(new JsonResultWriter(out, TYPES));
            assertThat(out).hasToString("");
        }

        @Test
        void aRowIsWholeOnceItIsFlushed() throws IOException {
            ResultWriter json = new JsonResultWriter(out, COLUMNS);
            json.row(row("1", "a"));
            json.flush();
            assertThat(out).hasToString("{\"id\":1,\"name\":\"a\"}\n");
            json.row(row("2", "b"));
            json.end();
            assertThat(out).hasToString("{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n");
        }
    }

    private static void write(ResultWriter writer, String[]... rows) throws IOException {
        for (String[] row : rows) {
            writer.row(row);
        }
        writer.end();
    }

    private static String[] row(String... values) {
        return values;
    }
}
