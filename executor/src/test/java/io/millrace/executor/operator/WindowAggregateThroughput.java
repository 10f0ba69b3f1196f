package io.millrace.executor.operator;

import com.sun.management.ThreadMXBean;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.Watermarks;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import io.millrace.plan.RowType;
import io.millrace.plan.TimeAttribute;
import io.millrace.plan.WindowAggregate;
import io.millrace.plan.WindowSpec;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Prints rows per second and bytes allocated per row of COUNT(*) by a word of about five bytes. Run by hand; arguments:
 * groups, window size and slide in seconds, rows per second of event time.
 */
public final class WindowAggregateThroughput {
    private static final int BATCHES = 64;
    private static final long SECOND = 1_000_000;

    private WindowAggregateThroughput() {}

    public static void main(String[] args) {
        int groups = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        long size = (args.length > 1 ? Long.parseLong(args[1]) : 30) * SECOND;
        long slide = (args.length > 2 ? Long.parseLong(args[2]) : 10) * SECOND;
        long rowsPerSecond = args.length > 3 ? Long.parseLong(args[3]) : 1_000_000;
        DataType bigint = DataType.of(DataType.Kind.BIGINT);
        RowType input = Rows.rowType(DataType.timestamp(3), DataType.varchar());
        RowType outputType = Rows.rowType(DataType.varchar(), DataType.timestamp(3), DataType.timestamp(3), bigint);
        WindowAggregate node = new WindowAggregate(
                Rows.scan(input),
                WindowSpec.hop(size, slide, 0),
                0,
                TimeAttribute.EVENT_TIME,
                List.of(1),
                List.of(new AggregateCall(AggregateFunction.COUNT, null, null, bigint)),
                outputType);
        List<Column> words = words(groups, new Random(1));
        for (int round = 0; round < 8; round++) {
            run(node, words, slide, rowsPerSecond);
        }
    }

    private static void run(WindowAggregate node, List<Column> words, long slide, long rowsPerSecond) {
        Counter counter = new Counter();
        WindowAggregateOperator operator = new WindowAggregateOperator(node, counter);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] times = new long[Column.MAX_ROWS];
        LongColumn timeColumn = new LongColumn(times, null, times.length);
        long rows = 0;
        long total = 60_000_000;
        long closing = 0;
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long started = System.nanoTime();
        long reached = 0;
        for (int batch = 0; rows < total; batch++) {
            long time = rows * SECOND / rowsPerSecond;
            Arrays.fill(times, time);
            operator.push(new ColumnBatch(times.length, List.of(timeColumn, words.get(batch % BATCHES))));
            rows += times.length;
            if (time / slide != reached) {
                reached = time / slide;
                long before = System.nanoTime();
                operator.advance(new Watermarks(time, time));
                closing += System.nanoTime() - before;
            }
        }
        long nanos = System.nanoTime() - started;
        allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        System.out.printf(
                "%.1f M rows/s, %.2f bytes/row, %d result rows, closing %.1f %% of the time, state %d KB%n",
                rows * 1e3 / nanos,
                (double) allocated / rows,
                counter.rows,
                closing * 100.0 / nanos,
                operator.stateBytes() / 1024);
        operator.close();
    }

    private static List<Column> words(int groups, Random random) {
        List<Column> columns = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            ColumnBuilder builder = ColumnBuilder.of(DataType.varchar());
            for (int i = 0; i < Column.MAX_ROWS; i++) {
                byte[] word =
                        Integer.toString(random.nextInt(groups) + 7_654, 36).getBytes(StandardCharsets.UTF_8);
                builder.appendBytes(word, 0, word.length);
            }
            columns.add(builder.build());
        }
        return columns;
    }

    /** Counts what it is given. */
    private static final class Counter implements Operator {
        private long rows;

        @Override
        public void push(Batch batch) {
            rows += batch.selectedCount();
        }

        @Override
        public void advance(Watermarks watermarks) {}

        @Override
        public void endStep() {}

        @Override
        public void finish() {}

        @Override
        public void close() {}
    }
}
