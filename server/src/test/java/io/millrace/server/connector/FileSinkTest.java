package io.millrace.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import io.millrace.settings.ByteSize;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    private static final List<OutputColumn> COLUMNS = List.of(
            new OutputColumn("id", DataType.of(DataType.Kind.BIGINT)),
            new OutputColumn("word", DataType.varchar()),
            new OutputColumn("ok", DataType.of(DataType.Kind.BOOLEAN)),
            new OutputColumn("ratio", DataType.of(DataType.Kind.DOUBLE)),
            new OutputColumn("price", DataType.decimal(10, 2)),
            new OutputColumn("day", DataType.of(DataType.Kind.DATE)),
            new OutputColumn("at", DataType.timestamp(3)));

    @TempDir
    private Path directory;

    private FileSink sink(String name, boolean isJson) {
        FileSinkOptions options =
                new FileSinkOptions("", isJson, !isJson, ',', Duration.ofSeconds(1), ByteSize.ofMebibytes(1));
        return new FileSink(directory, name, options, COLUMNS);
    }

    private static Batch rows(@Nullable Object[]... rows) {
        List<ColumnBuilder> builders = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            ColumnBuilder builder = ColumnBuilder.of(COLUMNS.get(i).type());
            for (Object[] row : rows) {
                builder.appendValue(row[i]);
            }
            builders.add(builder);
        }
        return new ColumnBatch(
                rows.length, builders.stream().map(ColumnBuilder::build).toList());
    }

    private static Batch twoRows() {
        return rows(
                new Object[] {1L, "a,\"b\"\u00e9", true, 1e10, new BigDecimal("2.50"), 0L, 1_500_000L},
                new Object[] {null, "", false, Double.NaN, null, null, null});
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aGroupIsAFileNamedByItsPositions() throws IOException {
        try (FileSink sink = sink("orders", false)) {
            assertThat(sink.lastCommitted()).isEqualTo(SinkConnector.NOTHING);
            sink.begin(0);
            sink.commit(4);
            sink.begin(5);
            sink.write(twoRows());
            assertThat(names()).contains(".orders-0000000000000000005.csv.tmp").hasSize(2);
            sink.commit(17);
        }
        assertThat(names())
                .containsExactly(
                        "orders-0000000000000000000-0000000000000000004.csv",
                        "orders-0000000000000000005-0000000000000000017.csv");
        assertThat(Files.readString(directory.resolve(names().get(0)))).isEqualTo("id,word,ok,ratio,price,day,at\r\n");
        assertThat(Files.readString(directory.resolve(names().get(1))))
                .isEqualTo("id,word,ok,ratio,price,day,at\r\n"
                        + "1,\"a,\"\"b\"\"\u00e9\",true,1.0E10,2.50,1970-01-01,1970-01-01 00:00:01.500\r\n"
                        + ",\"\",false,NaN,,,\r\n");
    }

    @Test
    void jsonHasAnObjectPerLine() throws IOException {
        try (FileSink sink = sink("orders", true)) {
            sink.begin(1);
            sink.write(twoRows());
            sink.commit(2);
        }
        assertThat(Files.readAllLines(directory.resolve("orders-0000000000000000001-0000000000000000002.json")))
                .containsExactly(
                        "{\"id\":1,\"word\":\"a,\\\"b\\\"\u00e9\",\"ok\":true,\"ratio\":1.0E10,\"price\":2.50,"
                                + "\"day\":\"1970-01-01\",\"at\":\"1970-01-01 00:00:01.500\"}",
                        "{\"id\":null,\"word\":\"\",\"ok\":false,\"ratio\":\"NaN\",\"price\":null,\"day\":null,\"at\":null}");
    }

    @Test
    void whatWasNotCommittedIsAsIfItHadNeverBeen() throws IOException {
        try (FileSink sink = sink("orders", false)) {
            sink.begin(3);
            sink.write(twoRows());
        }
        assertThat(names()).isEmpty();
        Files.writeString(directory.resolve(".orders-0000000000000000003.csv.tmp"), "left by a crash");
        Files.writeString(directory.resolve(".other-0000000000000000003.csv.tmp"), "of another sink");
        Files.writeString(directory.resolve("orders-0000000000000000000-0000000000000000002.csv"), "");
        Files.writeString(directory.resolve("orders-2-0000000000000000000-0000000000000000099.csv"), "");
        Files.writeString(directory.resolve("orders-0000000000000000000-0000000000000000099.json"), "");
        try (FileSink sink = sink("orders", false)) {
            assertThat(sink.lastCommitted()).isEqualTo(2);
        }
        assertThat(names())
                .contains(".other-0000000000000000003.csv.tmp")
                .doesNotContain(".orders-0000000000000000003.csv.tmp");
    }

    @Test
    void aNameCannotLeaveTheDirectory() throws IOException {
        try (FileSink sink = sink("../x/y", false)) {
            sink.begin(0);
            sink.commit(1);
            assertThat(sink.lastCommitted()).isEqualTo(1);
        }
        assertThat(names()).containsExactly("..%2Fx%2Fy-0000000000000000000-0000000000000000001.csv");
    }
}
