package io.millrace.benchmarks;

import com.sun.management.ThreadMXBean;
import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.QueryOptions;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.time.SystemClock;
import io.millrace.executor.view.ResultBatch;
import io.millrace.executor.view.ResultCursor;
import io.millrace.plan.DataType;
import io.millrace.planner.Planner;
import io.millrace.planner.StatementPlan;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The headline query over a log of words, from the log to its result, several times over. */
@Command(name = "headline", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class HeadlineBenchmark implements Callable<Integer> {
    private static final String CREATE = "CREATE STREAM lines (word VARCHAR)";
    private static final String BOUNDED = """
            SELECT word, COUNT(*)
            FROM TABLE(HOP(TABLE lines, DESCRIPTOR(rowtime), INTERVAL '10' SECOND, INTERVAL '30' SECOND))
            %s GROUP BY window_start, window_end, word""";
    private static final String CONTINUOUS = "SELECT word, COUNT(*) FROM lines WINDOW HOP(30s,10s) %s SINCE BEGINNING";
    private static final String LIKE = "WHERE word LIKE '%ERROR%'";

    @Option(names = "--words", defaultValue = "50000000", description = "rows in the log")
    private long words;

    @Option(names = "--errors-per-thousand", defaultValue = "10", description = "how many words contain ERROR")
    private int errorsPerThousand;

    @Option(names = "--runs", defaultValue = "5", description = "runs of each query")
    private int runs;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private HeadlineBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new HeadlineBenchmark()).execute(arguments));
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
            for (String where : List.of(LIKE, "")) {
                for (int run = 1; run <= runs; run++) {
                    bounded(engine, planner, catalog, where, run);
                }
                for (int run = 1; run <= runs; run++) {
                    continuous(engine, planner, catalog, where, run);
                }
            }
        }
        System.out.println("the log is left in " + directory);
        return 0;
    }

    private void load(StreamEngine engine, StreamDefinition stream) {
        Words source = new Words(errorsPerThousand);
        ColumnBuilder builder = ColumnBuilder.of(DataType.varchar());
        ArrayDeque<CompletableFuture<AppendResult>> inFlight = new ArrayDeque<>();
        long start = System.nanoTime();
        for (long row = 0; row < words; row++) {
            byte[] word = source.next();
            builder.appendBytes(word, 0, word.length);
            if (builder.size() == 16 * Column.MAX_ROWS || row == words - 1) {
                int rows = builder.size();
                inFlight.add(engine.append(stream.id(), List.of(builder.build()), rows, null));
                if (inFlight.size() > 8) {
                    inFlight.remove().join();
                }
            }
        }
        inFlight.forEach(CompletableFuture::join);
        print("append", "", 1, System.nanoTime() - start, 0, 0);
    }

    private void bounded(StreamEngine engine, Planner planner, CatalogSnapshot catalog, String where, int run)
            throws InterruptedException {
        StatementPlan.Query plan = (StatementPlan.Query) planner.plan(String.format(BOUNDED, where), catalog);
        long allocated = allocated();
        long start = System.nanoTime();
        long results = 0;
        try (ResultCursor cursor = execute(engine, plan)) {
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
        print("bounded", where, run, System.nanoTime() - start, results, allocated() - allocated);
    }

    private void continuous(StreamEngine engine, Planner planner, CatalogSnapshot catalog, String where, int run) {
        StatementPlan.Query plan = (StatementPlan.Query) planner.plan(String.format(CONTINUOUS, where), catalog);
        long allocated = allocated();
        long start = System.nanoTime();
        long results = 0;
        try (ResultCursor cursor = execute(engine, plan)) {
            engine.flush();
            for (ResultBatch batch = cursor.poll(Integer.MAX_VALUE); batch != null; batch = cursor.poll(1 << 20)) {
                results += batch.rowCount();
            }
        }
        print("continuous", where, run, System.nanoTime() - start, results, allocated() - allocated);
    }

    private static ResultCursor execute(StreamEngine engine, StatementPlan.Query plan) {
        return engine.execute(
                plan.root(),
                plan.output(),
                plan.continuous(),
                plan.start(),
                new QueryOptions("benchmark", "benchmark", 0, 0));
    }

    /** Bytes that all threads have allocated so far. */
    private long allocated() {
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    private void print(String what, String where, int run, long nanos, long results, long bytes) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %-26s run %d  %6.2f s  %6.1f million words/s  %8d results  %6.3f bytes allocated a word%n",
                what,
                where,
                run,
                nanos / 1e9,
                words * 1e3 / nanos,
                results,
                (double) bytes / words);
    }
}
