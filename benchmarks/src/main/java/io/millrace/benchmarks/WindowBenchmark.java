package io.millrace.benchmarks;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.QueryOptions;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.SystemClock;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.planner.Planner;
import io.millrace.planner.StatementPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A count by key over a log with event time, in each kind of window, from the log to the end of a bounded query. */
@Command(name = "windows", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class WindowBenchmark implements Callable<Integer> {
    private static final String CREATE =
            "CREATE STREAM e (k BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)";
    private static final List<String> WINDOWS =
            List.of("TUMBLE(ts, 30s)", "HOP(ts, 10s, 30s)", "CUMULATE(ts, 10s, 30s)", "SESSION(ts, 1s)");
    private static final long ROWS_PER_MILLI = 100;
    private static final int BLOCK_ROWS = 16 * Column.MAX_ROWS;

    @Option(names = "--rows", defaultValue = "20000000", description = "rows in the log, 100 a millisecond")
    private long rows;

    @Option(names = "--keys", defaultValue = "10000", description = "distinct keys")
    private int keys;

    @Option(names = "--disorder", defaultValue = "500", description = "milliseconds by which rows come out of order")
    private int disorder;

    @Option(names = "--runs", defaultValue = "5", description = "rounds; each runs every window once")
    private int runs;

    private WindowBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new WindowBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("millrace-benchmark");
        Planner planner = new Planner();
        StatementPlan.CreateStream create = (StatementPlan.CreateStream) planner.plan(CREATE, CatalogSnapshot.EMPTY);
        StreamDefinition stream = create.definition().withId(1);
        CatalogSnapshot catalog = CatalogSnapshot.EMPTY.with(stream);
        try (StreamEngine engine = StreamEngine.open(EngineSettings.defaults(directory), new SystemClock())) {
            engine.openStream(stream);
            load(engine, stream);
            for (int run = 1; run <= runs; run++) {
                long first = 0;
                for (String window : WINDOWS) {
                    long nanos = run(engine, planner, catalog, window, run);
                    first = first == 0 ? nanos : first;
                    System.out.printf(Locale.ROOT, "  %.2f times the first%n", (double) nanos / first);
                }
            }
        }
        System.out.println("the log is left in " + directory);
        return 0;
    }

    private void load(StreamEngine engine, StreamDefinition stream) {
        SplittableRandom random = new SplittableRandom(1);
        for (long row = 0; row < rows; row += BLOCK_ROWS) {
            int count = (int) Math.min(BLOCK_ROWS, rows - row);
            long[] key = new long[count];
            long[] time = new long[count];
            for (int i = 0; i < count; i++) {
                key[i] = random.nextInt(keys);
                time[i] = ((row + i) / ROWS_PER_MILLI + random.nextInt(disorder + 1)) * 1_000;
            }
            engine.append(
                            stream.id(),
                            List.of(new LongColumn(key, null, count), new LongColumn(time, null, count)),
                            count,
                            null)
                    .join();
        }
    }

    private long run(StreamEngine engine, Planner planner, CatalogSnapshot catalog, String window, int run)
            throws InterruptedException {
        String sql = "SELECT k, COUNT(*) FROM e GROUP BY k, " + window;
        StatementPlan.Query plan = (StatementPlan.Query) planner.plan(sql, catalog);
        long start = System.nanoTime();
        long results = 0;
        try (ResultCursor cursor = engine.execute(
                plan.root(),
                plan.output(),
                plan.continuous(),
                plan.start(),
                new QueryOptions("benchmark", "benchmark", 0, 0))) {
            while (!cursor.isFinished()) {
                ResultBatch batch = cursor.poll(Column.MAX_ROWS);
                if (batch == null) {
                    CountDownLatch available = new CountDownLatch(1);
                    cursor.onAvailable(available::countDown);
                    available.await();
                } else {
                    results += batch.rowCount();
                }
            }
        }
        long nanos = System.nanoTime() - start;
        System.out.printf(
                Locale.ROOT,
                "%-24s run %d  %6.2f s  %6.1f million rows/s  %8d results",
                window,
                run,
                nanos / 1e9,
                rows * 1e3 / nanos,
                results);
        return nanos;
    }
}
