package io.millrace.server.avatica;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.OutputColumn;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A columnar fetch")
class FetchEndpointTest {
    private static final List<OutputColumn> NUMBER = List.of(new OutputColumn("n", DataType.of(Kind.BIGINT)));

    private final TestServer server = new TestServer(TestServer.settings(8_000, 300_000, 1_000));
    private final WireClient client = new WireClient(server.port(), "c1");

    @BeforeEach
    void open() {
        client.open();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ScriptedCursor tail() {
        return server.executor.query("tail", new ScriptedCursor(NUMBER));
    }

    private static LongColumn longs(long... values) {
        return new LongColumn(values, null, values.length);
    }

    @Test
    void without_rows_is_answered_empty_after_its_wait() {
        tail();
        int statement = client.start("tail");
        long before = System.nanoTime();
        WireClient.Frame frame = client.fetch(statement, 0, 100, 100);
        assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(95));
        assertThat(frame.isError()).isFalse();
        assertThat(frame.rowCount()).isZero();
        assertThat(frame.done()).isFalse();
        assertThat(frame.columnCount()).isEqualTo(1);
        assertThat(client.fetch(statement, 0, 100, 0).rowCount()).isZero();
    }

    @Test
    void gets_a_row_as_soon_as_it_is_pushed() {
        ScriptedCursor cursor = tail();
        int statement = client.start("tail");
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            CompletableFuture<WireClient.Frame> fetch = client.fetchAsync(statement, i, 100, 10_000);
            Await.until(cursor::isParked);
            long pushed = System.nanoTime();
            cursor.push(1, longs(i));
            assertThat(fetch.join().longs()).containsExactly(i);
            best = Math.min(best, System.nanoTime() - pushed);
        }
        assertThat(TimeUnit.NANOSECONDS.toMillis(best)).isLessThan(20);
    }

    @Test
    void is_idempotent_by_its_offset() {
        ScriptedCursor cursor = tail().push(2, longs(10, 11));
        int statement = client.start("tail");
        assertThat(client.fetch(statement, 0, 2, 0).longs()).containsExactly(10, 11);
        cursor.push(1, longs(12)).end();
        assertThat(client.fetch(statement, 0, 2, 0).longs()).containsExactly(10, 11);
        WireClient.Frame next = client.fetch(statement, 2, 2, 0);
        assertThat(next.offset()).isEqualTo(2);
        assertThat(next.done()).isTrue();
        assertThat(next.longs()).containsExactly(12);
        assertThat(client.fetch(statement, 2, 2, 0).longs()).containsExactly(12);
        assertThat(client.fetch(statement, 3, 2, 0).done()).isTrue();
        WireClient.Frame wrong = client.fetch(statement, 1, 2, 0);
        assertThat(wrong.sqlState()).isEqualTo("08P01");
        assertThat(wrong.message()).isEqualTo("rows from number 1 were asked for, but the result is at number 3");
        assertThat(cursor.isClosed()).isTrue();
    }

    @Test
    void joins_batches_up_to_its_limit() {
        ScriptedCursor cursor = tail();
        for (int i = 0; i < 5; i++) {
            cursor.push(2, longs(2 * i, 2 * i + 1));
        }
        int statement = client.start("tail");
        assertThat(client.fetch(statement, 0, 7, 0).longs()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(client.fetch(statement, 6, 7, 0).longs()).containsExactly(6, 7, 8, 9);
    }

    @Test
    void carries_all_storages_and_nulls_across_batches() throws IOException {
        List<OutputColumn> columns = List.of(
                new OutputColumn("l", DataType.of(Kind.BIGINT)),
                new OutputColumn("d", DataType.of(Kind.DOUBLE)),
                new OutputColumn("s", DataType.varchar()),
                new OutputColumn("m", DataType.decimal(38, 0)));
        ScriptedCursor cursor = server.executor.query("all", new ScriptedCursor(columns));
        int[] sizes = {63, 5, 64, 1, 70};
        int total = 0;
        for (int size : sizes) {
            push(cursor, total, size);
            total += size;
        }
        int statement = client.start("all");
        WireClient.Frame frame = client.fetch(statement, 0, 1_000, 0);
        assertThat(frame.rowCount()).isEqualTo(total);
        DataInputStream in = frame.in();
        boolean[] nulls = nulls(in, 0, total);
        for (int i = 0; i < total; i++) {
            assertThat(nulls[i]).as("row %d", i).isEqualTo(i % 3 == 0);
            assertThat(in.readLong()).isEqualTo(-i);
        }
        nulls(in, 1, total);
        for (int i = 0; i < total; i++) {
            assertThat(in.readDouble()).isEqualTo(i / 2.0);
        }
        nulls(in, 2, total);
        int[] offsets = new int[total + 1];
        for (int i = 0; i <= total; i++) {
            offsets[i] = in.readInt();
        }
        for (int i = 0; i < total; i++) {
            assertThat(new String(in.readNBytes(offsets[i + 1] - offsets[i]), StandardCharsets.UTF_8))
                    .isEqualTo("ü" + i);
        }
        nulls(in, 3, total);
        for (int i = 0; i < total; i++) {
            assertThat(in.readLong()).isEqualTo(i);
            assertThat(in.readLong()).isEqualTo(~i);
        }
        assertThat(in.available()).isZero();
    }

    private static void push(ScriptedCursor cursor, int start, int size) {
        long[] longs = new long[size + 3];
        long[] nulls = new long[2];
        double[] doubles = new double[size];
        StringBuilder text = new StringBuilder("left out");
        int[] offsets = new int[size + 1];
        offsets[0] = 8;
        long[] high = new long[size];
        long[] low = new long[size];
        for (int i = 0; i < size; i++) {
            int row = start + i;
            longs[i] = -row;
            nulls[i >> 6] |= row % 3 == 0 ? 1L << i : 0;
            doubles[i] = row / 2.0;
            text.append('ü').append(row);
            offsets[i + 1] = text.toString().getBytes(StandardCharsets.UTF_8).length;
            high[i] = row;
            low[i] = ~row;
        }
        // bits beyond the batch's rows mean nothing
        nulls[1] |= size <= 64 ? -1L : 0;
        cursor.push(
                size,
                new LongColumn(longs, nulls, size),
                new DoubleColumn(doubles, null, size),
                new StringColumn(text.toString().getBytes(StandardCharsets.UTF_8), offsets, null, size),
                new DecimalColumn(high, low, null, size));
    }

    private static boolean[] nulls(DataInputStream in, int storage, int rowCount) throws IOException {
        assertThat(in.readUnsignedByte()).isEqualTo(storage);
        boolean[] nulls = new boolean[rowCount];
        if (in.readBoolean()) {
            for (int word = 0; word < (rowCount + 63) / 64; word++) {
                long bits = in.readLong();
                for (int i = 0; i < 64 && word * 64 + i < rowCount; i++) {
                    nulls[word * 64 + i] = (bits >>> i & 1) != 0;
                }
            }
        }
        return nulls;
    }

    @Test
    void tells_a_failure_after_the_rows_before_it() {
        ScriptedCursor cursor = tail().push(1, longs(1));
        int statement = client.start("tail");
        cursor.fail(new MillraceException(ErrorCode.DIVISION_BY_ZERO, "division by zero"));
        assertThat(client.fetch(statement, 0, 10, 0).longs()).containsExactly(1);
        WireClient.Frame failed = client.fetch(statement, 1, 10, 1_000);
        assertThat(failed.sqlState()).isEqualTo("22012");
        assertThat(failed.message()).isEqualTo("division by zero");
    }

    @Test
    void is_ended_by_cancel_and_the_statement_stays_usable() {
        ScriptedCursor cursor = tail();
        int statement = client.start("tail");
        CompletableFuture<WireClient.Frame> fetch = client.fetchAsync(statement, 0, 10, 10_000);
        Await.until(cursor::isParked);
        assertThat(client.cancel(statement).isError()).isFalse();
        assertThat(fetch.join().sqlState()).isEqualTo("57014");
        assertThat(fetch.join().message()).isEqualTo("query cancelled");
        assertThat(cursor.isCancelled()).isTrue();

        server.executor.query(
                "again", new ScriptedCursor(NUMBER).push(1, longs(7)).end());
        client.execute(statement, "again");
        assertThat(client.fetch(statement, 0, 10, 0).longs()).containsExactly(7);
    }

    @Test
    void is_ended_when_its_statement_is_closed() {
        ScriptedCursor cursor = tail();
        int statement = client.start("tail");
        CompletableFuture<WireClient.Frame> fetch = client.fetchAsync(statement, 0, 10, 10_000);
        Await.until(cursor::isParked);
        client.json("{\"request\":\"closeStatement\",\"connectionId\":\"$c\",\"statementId\":" + statement + "}");
        assertThat(fetch.join().sqlState()).isEqualTo("26000");
        assertThat(cursor.isClosed()).isTrue();
        assertThat(client.fetch(statement, 0, 10, 10).sqlState()).isEqualTo("26000");
    }

    @Test
    void is_refused_for_what_is_not_there() {
        assertThat(client.fetch(77, 0, 10, 10).sqlState()).isEqualTo("26000");
        assertThat(new WireClient(server.port(), "unknown").fetch(0, 0, 10, 10).sqlState())
                .isEqualTo("08003");
        int statement = client.json("{\"request\":\"createStatement\",\"connectionId\":\"$c\"}")
                .get("statementId")
                .asInt();
        assertThat(client.fetch(statement, 0, 10, 10).sqlState()).isEqualTo("34000");
        assertThat(client.cancel(statement).isError()).isFalse();
        assertThat(client.post("/millrace/fetch", out -> out.write(1)).join().sqlState())
                .isEqualTo("08P01");
        assertThat(client.post("/millrace/fetch", out -> out.write(new byte[] {9, 9, 9}))
                        .join()
                        .message())
                .isEqualTo("version 9 of a fetch is not known here");
        assertThat(client.fetch(statement, 0, 0, 10).sqlState()).isEqualTo("08P01");
    }

    @Test
    void holds_no_thread_while_two_hundred_wait() {
        List<ScriptedCursor> cursors = new ArrayList<>();
        List<CompletableFuture<WireClient.Frame>> fetches = new ArrayList<>();
        for (int c = 0; c < 10; c++) {
            WireClient other = new WireClient(server.port(), "many" + c);
            other.open();
            for (int s = 0; s < 20; s++) {
                cursors.add(server.executor.query("tail", new ScriptedCursor(NUMBER)));
                fetches.add(other.fetchAsync(other.start("tail"), 0, 10, 20_000));
            }
        }
        cursors.forEach(cursor -> Await.until(cursor::isParked));
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("millrace-statement"))
                        .count())
                .isLessThanOrEqualTo(4);
        for (int i = 0; i < cursors.size(); i++) {
            cursors.get(i).push(1, longs(i));
            assertThat(fetches.get(i).join().longs()).containsExactly(i);
        }
    }
}
