package io.millrace.server.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.executor.column.Batch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.ManualClock;
import io.millrace.executor.view.ResultBatch;
import io.millrace.plan.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change is {@code position:value}, progress {@code position}. */
class SinkGroupsTest {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final ManualClock clock = new ManualClock(0);
    private final Recorded recorded = new Recorded();
    private final SinkGroups groups =
            new SinkGroups(recorded, new SinkGroups.Limits(false, SECOND_NANOS, 100), clock, 10, recorded::committed);

    /** Writes down what it is told: each value counts ten bytes. */
    private static final class Recorded implements SinkConnector {
        private final List<String> calls = new ArrayList<>();
        private long bytes;

        @Override
        public long lastCommitted() {
            return NOTHING;
        }

        @Override
        public void begin(long firstPosition) {
            calls.add("begin " + firstPosition);
            bytes = 0;
        }

        @Override
        public void write(Batch rows) {
            for (int i = 0; i < rows.selectedCount(); i++) {
                int row = rows.selection() == null ? i : rows.selection().rows()[i];
                calls.add("row " + ((LongColumn) rows.column(0)).get(row));
                bytes += 10;
            }
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void commit(long lastPosition) {
            calls.add("commit " + lastPosition);
        }

        void committed(long position, long rows) {
            calls.add("committed " + position + " rows " + rows);
        }

        @Override
        public void close() {}

        List<String> take() {
            List<String> taken = List.copyOf(calls);
            calls.clear();
            return taken;
        }
    }

    private void take(String... rows) throws IOException {
        List<ColumnBuilder> columns = List.of(
                ColumnBuilder.of(DataType.of(DataType.Kind.BIGINT)),
                ColumnBuilder.of(DataType.timestamp(3)),
                ColumnBuilder.of(DataType.varchar()),
                ColumnBuilder.of(DataType.of(DataType.Kind.BIGINT)));
        for (String row : rows) {
            List<String> parts = List.of(row.split(":"));
            columns.get(0).appendLong(Long.parseLong(parts.get(0)));
            columns.get(1).appendLong(0);
            columns.get(2).appendValue(parts.size() == 1 ? "=P" : "+I");
            columns.get(3).appendValue(parts.size() == 1 ? null : (Object) Long.parseLong(parts.get(1)));
        }
        groups.take(new ResultBatch(
                rows.length, columns.stream().map(ColumnBuilder::build).toList()));
    }

    @Test
    void aGroupEndsWhenItIsOldEnough() throws IOException {
        take("11:1", "11", "12:2", "12");
        assertThat(groups.position()).isEqualTo(10);
        assertThat(groups.nanosLeft()).isEqualTo(SECOND_NANOS);
        clock.advance(999_999);
        groups.rollIfDue();
        assertThat(recorded.take()).containsExactly("begin 11", "row 1", "row 2");
        clock.advance(1);
        groups.rollIfDue();
        assertThat(recorded.take()).containsExactly("commit 12", "committed 12 rows 2");
        assertThat(groups.position()).isEqualTo(12);
        assertThat(groups.nanosLeft()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aStepIsNeverInTwoGroups() throws IOException {
        take("11:1", "11:2");
        clock.advance(5_000_000);
        groups.rollIfDue();
        groups.commitWhole();
        assertThat(groups.nanosLeft()).isEqualTo(Long.MAX_VALUE);
        take("11:3", "11:4", "11", "12:5");
        assertThat(recorded.take())
                .containsExactly(
                        "begin 11",
                        "row 1",
                        "row 2",
                        "row 3",
                        "row 4",
                        "commit 11",
                        "committed 11 rows 4",
                        "begin 12",
                        "row 5");
        groups.commitWhole();
        assertThat(recorded.take()).isEmpty();
        take("12");
        groups.commitWhole();
        assertThat(recorded.take()).containsExactly("commit 12", "committed 12 rows 1");
    }

    @Test
    void aGroupEndsWhenItIsLargeEnough() throws IOException {
        for (int i = 0; i < 12; i++) {
            take("11:" + i);
        }
        recorded.take();
        take("11");
        assertThat(recorded.take()).containsExactly("commit 11", "committed 11 rows 12");
    }

    @Test
    void progressWithoutChangesIsNoGroupButBelongsToTheNext() throws IOException {
        take("15", "20", "18");
        assertThat(recorded.take()).isEmpty();
        assertThat(groups.position()).isEqualTo(20);
        take("21:1", "21");
        groups.commitWhole();
        assertThat(recorded.take()).containsExactly("begin 11", "row 1", "commit 21", "committed 21 rows 1");
    }
}
