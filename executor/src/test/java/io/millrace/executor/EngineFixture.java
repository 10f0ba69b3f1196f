package io.millrace.executor;

import io.millrace.catalog.ColumnDefinition;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.WatermarkDefinition;
import io.millrace.executor.checkpoint.CheckpointStore;
import io.millrace.executor.checkpoint.StepLog;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.log.BlockWatermark;
import io.millrace.executor.log.GenerationLimits;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.ProducerEpochs;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.time.ManualClock;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Call;
import io.millrace.plan.ColumnReference;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Field;
import io.millrace.plan.OutputColumn;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowType;
import io.millrace.plan.ScalarFunction;
import io.millrace.plan.StartPosition;
import io.millrace.plan.StreamScan;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowSpec;
import io.millrace.settings.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An engine over logs in memory, on a clock that stands still; one stream of (ts, key, value), and its queries. */
final class EngineFixture implements AutoCloseable {
    static final long SECOND = 1_000_000;
    static final long BEGIN = 1_700_000_000L * SECOND;
    static final long DELAY = 5 * SECOND;
    static final long IDLE = 10 * SECOND;
    static final long QUERY_MEMORY_BYTES = 64L << 20;
    static final long SKEW = 300 * SECOND;
    static final DataType TIMESTAMP = DataType.timestamp(6);
    static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);

    final ManualClock clock = new ManualClock(BEGIN);
    final Map<Long, MemoryLog> logs = new HashMap<>();
    /** The log of the steps. */
    MemoryLog steps;

    final StreamEngine engine;

    EngineFixture(long seed, int largestBlock, int resultBufferRows) {
        this(seed, largestBlock, resultBufferRows, null);
    }

    EngineFixture(long seed, int largestBlock, int resultBufferRows, EngineClock otherClock) {
        EngineClock engineClock = otherClock == null ? clock : otherClock;
        EngineSettings settings = new EngineSettings(
                Path.of("none"),
                true,
                new ByteSize(0),
                0,
                10,
                2,
                resultBufferRows,
                new ByteSize(QUERY_MEMORY_BYTES),
                new ByteSize(Runtime.getRuntime().maxMemory() / 2),
                Duration.ofMinutes(1),
                1_000,
                new ByteSize(QUERY_MEMORY_BYTES),
                new ByteSize(QUERY_MEMORY_BYTES),
                new ByteSize(QUERY_MEMORY_BYTES),
                true,
                1_000,
                Duration.ofSeconds(10),
                new ByteSize(QUERY_MEMORY_BYTES),
                Duration.ofSeconds(10),
                Duration.ofHours(1));
        ProducerEpochs producers = new ProducerEpochs(10);
        StreamLogs memory = new StreamLogs() {
            @Override
            public Log open(StreamDefinition definition, BlockWatermark watermark) {
                MemoryLog log = new MemoryLog(definition, watermark, engineClock, seed, largestBlock);
                logs.put(definition.id(), log);
                return log;
            }

            @Override
            public GenerationLimits generations(StreamDefinition definition) {
                return GenerationLimits.NONE;
            }

            @Override
            public Log openSteps() {
                steps = new MemoryLog(StepLog.DEFINITION, null, engineClock, seed, 1_000);
                return steps;
            }

            @Override
            public ProducerEpochs producers() {
                return producers;
            }

            @Override
            public String identity() {
                return "memory";
            }

            @Override
            public CheckpointStore checkpoints() {
                return null;
            }

            @Override
            public void delete(long streamId) {
                logs.remove(streamId);
            }

            @Override
            public Set<Long> present() {
                return logs.keySet();
            }
        };
        engine = new StreamEngine(settings, Host.local(engineClock), memory, () -> {});
    }

    static EngineFixture withDefaults() {
        return new EngineFixture(1, 100, 65_536);
    }

    static StreamDefinition stream(long id, boolean hasWatermark) {
        return stream(id, hasWatermark ? watermark(DELAY) : null);
    }

    /** The same watermark, but as an expression that has to be evaluated. */
    static StreamDefinition streamWithExpression(long id, boolean hasWatermark) {
        return stream(id, hasWatermark ? watermark(-1) : null);
    }

    private static WatermarkDefinition watermark(long delay) {
        DataType interval = DataType.of(DataType.Kind.INTERVAL_DAY_TIME);
        Call expression = Call.of(
                ScalarFunction.SUBTRACT, TIMESTAMP, new ColumnReference(0, TIMESTAMP), new Constant(DELAY, interval));
        return new WatermarkDefinition(0, expression, delay, IDLE, SKEW);
    }

    private static StreamDefinition stream(long id, WatermarkDefinition watermark) {
        return new StreamDefinition(
                id,
                "s" + id,
                List.of(
                        new ColumnDefinition("ts", TIMESTAMP),
                        new ColumnDefinition("k", BIGINT.notNull()),
                        new ColumnDefinition("v", BIGINT)),
                watermark,
                Map.of(),
                "CREATE STREAM");
    }

    /** Opens a stream with a watermark. */
    EngineFixture open() {
        engine.openStream(stream(1, true));
        return this;
    }

    MemoryLog log() {
        return logs.get(1L);
    }

    void append(Object[]... rows) {
        append(1, List.of(rows));
    }

    void append(long streamId, List<Object[]> rows) {
        engine.append(streamId, columns(rows), rows.size(), null).join();
    }

    static List<Column> columns(List<Object[]> rows) {
        List<ColumnBuilder> builders =
                List.of(ColumnBuilder.of(TIMESTAMP), ColumnBuilder.of(BIGINT), ColumnBuilder.of(BIGINT));
        for (Object[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                builders.get(i).appendValue(row[i]);
            }
        }
        return builders.stream()
                .map(ColumnBuilder::build)
                .map(Column.class::cast)
                .toList();
    }

    static Object[] row(Long seconds, long key, long value) {
        return new Object[] {seconds == null ? null : (Long) (BEGIN + seconds * SECOND), key, value};
    }

    static StreamScan scan(long streamId) {
        return new StreamScan(
                streamId,
                "s" + streamId,
                List.of(1, 2, 0, 3),
                new RowType(List.of(
                        new Field("k", BIGINT),
                        new Field("v", BIGINT),
                        new Field("ts", TIMESTAMP),
                        new Field("rowtime", TIMESTAMP))));
    }

    /** Columns k, window_start, window_end, COUNT(*), SUM(v). */
    static WindowAggregate windows(WindowSpec window, TimeAttribute attribute) {
        return new WindowAggregate(
                scan(1),
                window,
                attribute == TimeAttribute.ROW_TIME ? 3 : 2,
                attribute,
                List.of(0),
                List.of(
                        new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT),
                        new AggregateCall(AggregateFunction.SUM, 1, null, BIGINT)),
                new RowType(List.of(
                        new Field("k", BIGINT),
                        new Field("window_start", TIMESTAMP),
                        new Field("window_end", TIMESTAMP),
                        new Field("n", BIGINT),
                        new Field("s", BIGINT))));
    }

    ResultCursor continuous(PlanNode plan, StartPosition start) {
        return engine.execute(plan, output(plan), true, start, options());
    }

    ResultCursor bounded(PlanNode plan) {
        return engine.execute(plan, output(plan), false, StartPosition.BEGINNING, options());
    }

    static QueryOptions options() {
        return new QueryOptions("SELECT", "test", 0, 0);
    }

    static List<OutputColumn> output(PlanNode plan) {
        return plan.rowType().fields().stream()
                .map(field -> new OutputColumn(field.name(), field.type()))
                .toList();
    }

    /** Waits for the next rows, or for the end: then it is null. */
    static ResultBatch next(ResultCursor cursor, int maxRows) {
        while (true) {
            CountDownLatch available = new CountDownLatch(1);
            cursor.onAvailable(available::countDown);
            try {
                if (!available.await(20, TimeUnit.SECONDS)) {
                    throw new AssertionError("nothing came for 20 s");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            ResultBatch batch = cursor.poll(maxRows);
            if (batch != null || cursor.isFinished()) {
                return batch;
            }
        }
    }

    /** Waits for so many rows; all columns are numbers. */
    static List<List<Long>> take(ResultCursor cursor, int count) {
        List<List<Long>> rows = new ArrayList<>();
        while (rows.size() < count) {
            ResultBatch batch = next(cursor, 4096);
            if (batch == null) {
                throw new AssertionError("the result ended after " + rows);
            }
            rows.addAll(rows(batch));
        }
        return rows;
    }

    /** Takes all rows of a result that ends. */
    static List<List<Long>> all(ResultCursor cursor) {
        List<List<Long>> rows = new ArrayList<>();
        for (ResultBatch batch = next(cursor, 4096); batch != null; batch = next(cursor, 4096)) {
            rows.addAll(rows(batch));
        }
        return rows;
    }

    static List<List<Long>> rows(ResultBatch batch) {
        List<List<Long>> rows = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
            List<Long> values = new ArrayList<>();
            for (Column column : batch.columns()) {
                values.add(column.isNull(row) ? null : (Long) ((LongColumn) column).get(row));
            }
            rows.add(values);
        }
        return rows;
    }

    @Override
    public void close() {
        engine.close();
    }
}
