package io.millrace.benchmarks;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.dataflow.ViewPlan;
import io.millrace.executor.dataflow.ViewStatus;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.time.SystemClock;
import io.millrace.plan.DataType;
import io.millrace.planner.Planner;
import io.millrace.planner.StatementPlan;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fills materialized views from a log of words, and keeps one up to date while words come; tells the memory it holds. */
@Command(name = "view", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class ViewBenchmark implements Callable<Integer> {
    private static final String CREATE = "CREATE STREAM lines (word VARCHAR)";
    private static final List<String> QUERIES = List.of(
            "SELECT word, COUNT(*) AS n FROM lines GROUP BY word",
            "SELECT word, COUNT(*) AS n FROM lines WHERE word LIKE '%7%' GROUP BY word");

    @Option(names = "--words", defaultValue = "50000000", description = "rows in the log")
    private long words;

    @Option(names = "--keys", defaultValue = "10000", description = "different words")
    private int keys;

    @Option(names = "--runs", defaultValue = "3", description = "runs of each query")
    private int runs;

    private final Random random = new Random(42);

    private ViewBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ViewBenchmark()).execute(arguments));
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
            print("append", 1, load(engine, stream, words), 0);
            long id = 2;
            for (String query : QUERIES) {
                for (int run = 1; run <= runs; run++) {
                    fill(engine, planner, catalog, query, run, id++);
                }
            }
            follow(engine, planner, catalog, stream, id);
        }
        System.out.println("the log is left in " + directory);
        return 0;
    }

    private long load(StreamEngine engine, StreamDefinition stream, long count) {
        ColumnBuilder builder = ColumnBuilder.of(DataType.varchar());
        ArrayDeque<CompletableFuture<AppendResult>> inFlight = new ArrayDeque<>();
        long start = System.nanoTime();
        for (long row = 0; row < count; row++) {
            long key = row < keys ? row : random.nextInt(keys);
            byte[] word =
                    ("w" + Long.toString(key * 2_654_435_761L & 0xFFFFFFFFL, 36)).getBytes(StandardCharsets.US_ASCII);
            builder.appendBytes(word, 0, word.length);
            if (builder.size() == 16 * Column.MAX_ROWS || row == count - 1) {
                int rows = builder.size();
                inFlight.add(engine.append(stream.id(), List.of(builder.build()), rows, null));
                if (inFlight.size() > 8) {
                    inFlight.remove().join();
                }
            }
        }
        inFlight.forEach(CompletableFuture::join);
        return System.nanoTime() - start;
    }

    private void fill(StreamEngine engine, Planner planner, CatalogSnapshot catalog, String query, int run, long id) {
        ViewPlan plan = plan(planner, catalog, query, id);
        long start = System.nanoTime();
        engine.views().install(List.of(plan));
        engine.views().position(List.of(id), 0).join();
        long nanos = System.nanoTime() - start;
        ViewStatus status = engine.views().status(id);
        print(query, run, nanos, status == null ? 0 : status.rows());
        System.out.printf(
                "state: %d MB%n",
                status == null || status.metrics() == null
                        ? 0
                        : status.metrics().stateBytes() >> 20);
        if (run == runs) {
            memory();
        }
        engine.views().remove(List.of(id));
    }

    /** How long words take to get into a view that is there. */
    private void follow(
            StreamEngine engine, Planner planner, CatalogSnapshot catalog, StreamDefinition stream, long id) {
        engine.views().install(List.of(plan(planner, catalog, QUERIES.get(0), id)));
        engine.views().position(List.of(id), 0).join();
        long start = System.nanoTime();
        load(engine, stream, words / 10);
        engine.flush();
        System.out.printf(
                Locale.ROOT,
                "kept up to date while words are appended: %.1f million words/s%n",
                words / 10 * 1e3 / (System.nanoTime() - start));
        memory();
    }

    private static ViewPlan plan(Planner planner, CatalogSnapshot catalog, String query, long id) {
        StatementPlan.CreateView create =
                (StatementPlan.CreateView) planner.plan("CREATE MATERIALIZED VIEW v AS " + query, catalog);
        return new ViewPlan(
                id,
                "v" + id,
                java.util.Objects.requireNonNull(create.definition().query()));
    }

    private static void memory() {
        System.gc();
        System.out.printf(
                Locale.ROOT,
                "heap in use: %d MB%n",
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
    }

    private void print(String what, int run, long nanos, long rows) {
        System.out.printf(
                Locale.ROOT,
                "%-80s run %d  %6.2f s  %6.1f million words/s  %8d rows%n",
                what,
                run,
                nanos / 1e9,
                words * 1e3 / nanos,
                rows);
    }
}
