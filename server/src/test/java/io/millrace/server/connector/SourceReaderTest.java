package io.millrace.server.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnValues;
import io.millrace.executor.log.AppendResult;
import io.millrace.plan.DataType;
import io.millrace.planner.Planner;
import io.millrace.planner.StatementPlan;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What text becomes rows and what becomes dead letters, for each format. */
class SourceReaderTest {
    private static final Planner PLANNER = new Planner();

    @Nested
    @DisplayName("text")
    class Text {
        @Test
        void aLineIsARow() throws Exception {
            assertThat(read("(line VARCHAR)", "format = 'text'", "one two\n\nthree\n").rows)
                    .containsExactly("[one two]", "[]", "[three]");
        }

        @Test
        void withSplitEachWordIsARowAndEmptyWordsAreDropped() throws Exception {
            assertThat(read("(word VARCHAR)", "split = ' '", " one  two\n\nthrée \n").rows)
                    .containsExactly("[one]", "[two]", "[thrée]");
        }

        @Test
        void aSeparatorMayBeLonger() throws Exception {
            assertThat(read("(word VARCHAR)", "split = '::'", "a::b:c::::d\n").rows)
                    .containsExactly("[a]", "[b:c]", "[d]");
        }

        @Test
        void aNumberThatIsNoneIsADeadLetterWithItsLine() throws Exception {
            Result result = read("(n INTEGER)", "format = 'text'", "1\ntwo\n3\n99999999999\n");
            assertThat(result.rows).containsExactly("[1]", "[3]");
            assertThat(result.errors).hasSize(2);
            assertThat(result.errors.get(0)).startsWith("[test, 2, ").endsWith(", two]");
            assertThat(result.errors.get(1)).startsWith("[test, 4, ").endsWith(", 99999999999]");
        }

        @Test
        void bytesThatAreNotUtf8AreADeadLetter() throws Exception {
            byte[] bytes = {'o', 'k', '\n', (byte) 0xC3, (byte) 0x28, '\n'};
            Result result = read("(word VARCHAR)", "format = 'text'", bytes);
            assertThat(result.rows).containsExactly("[ok]");
            assertThat(result.errors).containsExactly("[test, 2, the line is not well-formed UTF-8, \uFFFD(]");
        }

        @Test
        void aTooLongTextIsADeadLetter() throws Exception {
            Result result = read("(word VARCHAR(3))", "split = ' '", "abc abcd ab\n");
            assertThat(result.rows).containsExactly("[abc]", "[ab]");
            assertThat(result.errors).hasSize(1);
        }

        @Test
        void severalColumnsAreRefused() {
            assertThatThrownBy(() -> read("(a VARCHAR, b VARCHAR)", "format = 'text'", ""))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("format 'text' fills one column");
        }
    }

    @Nested
    @DisplayName("csv")
    class Csv {
        private static final String COLUMNS =
                "(id BIGINT NOT NULL, name VARCHAR, price DECIMAL(10, 2), ts TIMESTAMP(3))";

        @Test
        void columnsMapByTheHeaderAndOthersAreNull() throws Exception {
            String text = "NAME,id,other\nada,1,x\n\"b \"\"b\"\", c\",2,y\n";
            assertThat(read(COLUMNS, "format = 'csv'", text).rows)
                    .containsExactly("[1, ada, null, null]", "[2, b \"b\", c, null, null]");
        }

        @Test
        void withoutAHeaderColumnsComeInOrder() throws Exception {
            String text = "1,ada,12.5,2024-01-02 03:04:05.678\n2,,,\n";
            assertThat(read(COLUMNS, "format = 'csv', header = 'false'", text).rows)
                    .containsExactly("[1, ada, 12.50, 1704164645678000]", "[2, null, null, null]");
        }

        @Test
        void anEmptyFieldIsNullAndAnEmptyQuotedOneIsEmpty() throws Exception {
            assertThat(read("(a VARCHAR, b VARCHAR)", "format = 'csv', header = 'false'", ",\"\"\n").rows)
                    .containsExactly("[null, ]");
        }

        @Test
        void aRecordMaySpanLines() throws Exception {
            assertThat(read("(a VARCHAR, b BIGINT)", "format = 'csv', header = 'false'", "\"x\ny\",7\n").rows)
                    .containsExactly("[x\ny, 7]");
        }

        @Test
        void badRecordsAreDeadLettersAndTheOthersRows() throws Exception {
            Result result = read(COLUMNS, "format = 'csv'", "id,name\n1,a\n2\nx,b\n,c\n3,d\n");
            assertThat(result.rows).containsExactly("[1, a, null, null]", "[3, d, null, null]");
            assertThat(result.errors).hasSize(3);
            assertThat(result.errors).anyMatch(error -> error.contains("1 fields, but 2 are expected"));
        }
    }

    @Nested
    @DisplayName("json")
    class Json {
        private static final String COLUMNS =
                "(id BIGINT, name VARCHAR, ok BOOLEAN, score DOUBLE, ts TIMESTAMP(3), tags VARCHAR)";

        @Test
        void membersMapByNameAndOthersAreIgnored() throws Exception {
            String text = "{\"ID\": 1, \"name\": \"ä\\u00e9\", \"ok\": true, \"score\": 1.5e3, \"ts\": 1704164645678,"
                    + " \"tags\": [1, {\"a\": \"b\"}], \"more\": {\"x\": [1]}}\n"
                    + "{\"name\": null}\n";
            assertThat(read(COLUMNS, "format = 'json'", text).rows)
                    .containsExactly(
                            "[1, äé, true, 1500.0, 1704164645678000, [1, {\"a\": \"b\"}]]",
                            "[null, null, null, null, null, null]");
        }

        @Test
        void aTimestampMayBeText() throws Exception {
            assertThat(read("(ts TIMESTAMP(3))", "format = 'json'", "{\"ts\": \"2024-01-02T03:04:05.678\"}\n").rows)
                    .containsExactly("[1704164645678000]");
        }

        @Test
        void whatIsNoObjectIsADeadLetter() throws Exception {
            Result result = read(
                    COLUMNS,
                    "format = 'json'",
                    "{\"id\": 1}\n[1]\n{\"id\": \n{\"id\": 1} x\n{\"id\": \"no\"}\n{\"id\":1,\"id\":2}\n{\"id\": 2}\n");
            assertThat(result.rows).hasSize(2);
            assertThat(result.errors).hasSize(5);
        }
    }

    @Test
    void anUnknownOptionIsRefused() {
        assertThatThrownBy(() -> read("(a VARCHAR)", "formt = 'csv'", ""))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("unknown option 'formt'");
    }

    private static Result read(String columns, String options, String text) throws Exception {
        return read(columns, options, text.getBytes(StandardCharsets.UTF_8));
    }

    private static Result read(String columns, String options, byte[] bytes) throws Exception {
        String sql = "CREATE STREAM s " + columns + " WITH (connector = 'socket', port = '9999', " + options + ")";
        StatementPlan.CreateStream create = (StatementPlan.CreateStream) PLANNER.plan(sql, CatalogSnapshot.EMPTY);
        StreamDefinition stream = create.definition();
        StreamDefinition errors = ErrorStream.of(stream);
        Result result = new Result();
        Sources.check(stream);
        SourceReader reader = Sources.reader(
                stream,
                () -> 0,
                new ByteArrayInputStream(bytes),
                "test",
                new SourceWriter(result.sink(stream, result.rows), new CountDownLatch(1)),
                new SourceWriter(result.sink(errors, result.errors), new CountDownLatch(1)),
                new LongAdder());
        reader.run();
        return result;
    }

    /** What came out, as text. */
    private static final class Result {
        final List<String> rows = new ArrayList<>();
        final List<String> errors = new ArrayList<>();

        StreamSink sink(StreamDefinition stream, List<String> target) {
            List<DataType> types = stream.columnTypes();
            return (columns, count, producer) -> {
                for (int row = 0; row < count; row++) {
                    List<Object> values = new ArrayList<>();
                    for (int i = 0; i < types.size(); i++) {
                        Column column = columns.get(i);
                        values.add(ColumnValues.value(column, row, types.get(i)));
                    }
                    target.add(values.toString());
                }
                return CompletableFuture.completedFuture(new AppendResult(0, 0, count, false));
            };
        }
    }
}
