package io.millrace.benchmarks;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.EngineSettings;
import io.millrace.executor.StreamEngine;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.dataflow.RecoveryStatus;
import io.millrace.executor.dataflow.ViewPlan;
import io.millrace.executor.dataflow.ViewStatus;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.time.SystemClock;
import io.millrace.plan.DataType;
import io.millrace.planner.Planner;
import io.millrace.planner.StatementPlan;
import io.millrace.settings.SettingsSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What checkpoints cost while rows come, and how long a start takes after a process that died with a large state and many rows
 * after its last checkpoint.
 */
@Command(name = "recovery", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class RecoveryBenchmark implements Callable<Integer> {
    private static final String CREATE = "CREATE STREAM numbers (k BIGINT, v BIGINT)";
    private static final String QUERY = "SELECT k, COUNT(*) AS n, SUM(v) AS total FROM numbers GROUP BY k";
    private static final long VIEW = 2;
    private static final String NEVER = "1000000h";
    /** Of the comparison at a given rate. */
    private static final int APPENDS_PER_SECOND = 50;
    /** Of the comparison at a given rate, in which what the steps need is compiled. */
    private static final int WARM_SECONDS = 2;
    /** Of the other one, whose rows come as fast as they can. */
    private static final long WARM_NANOS = 5_000_000_000L;
    /** Rows that have not been acknowledged. */
    private static final int MOST_WAITING = 16 * Column.MAX_ROWS;

    @Option(names = "--keys", defaultValue = "5000000", description = "groups of the view")
    private int keys;

    @Option(names = "--rows", defaultValue = "10000000", description = "rows after the checkpoint")
    private long rows;

    @Option(names = "--append", defaultValue = "4096", description = "rows of one append")
    private int appendRows;

    @Option(names = "--directory", description = "of the process that is to die")
    private Path directory;

    @Option(names = "--rounds", defaultValue = "3", description = "of the comparison with and without checkpoints")
    private int rounds;

    @Option(names = "--rate", defaultValue = "50000", description = "rows a second of the comparison at a given rate")
    private int rate;

    @Option(names = "--seconds", defaultValue = "40", description = "of each part of this comparison")
    private int seconds;

    private final Random random = new Random(42);
    private final Planner planner = new Planner();

    private RecoveryBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RecoveryBenchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (directory != null) {
            die(directory);
        }
        for (int round = 1; round <= rounds; round++) {
            cost(NEVER);
            cost("10s");
        }
        for (int round = 1; round <= rounds; round++) {
            paced(NEVER);
            paced("10s");
        }
        recover();
        return 0;
    }

    private StreamEngine open(Path data, String interval) {
        return StreamEngine.open(
                new SettingsSchema(EngineSettings.class)
                        .defaults()
                        .with("data.directory", data.toString(), "program")
                        .with("checkpoint.interval", interval, "program")
                        .area(EngineSettings.class),
                new SystemClock());
    }

    private StreamDefinition stream() {
        return ((StatementPlan.CreateStream) planner.plan(CREATE, CatalogSnapshot.EMPTY))
                .definition()
                .withId(1);
    }

    private ViewPlan view(StreamDefinition stream) {
        StatementPlan.CreateView create = (StatementPlan.CreateView)
                planner.plan("CREATE MATERIALIZED VIEW v AS " + QUERY, CatalogSnapshot.EMPTY.with(stream));
        return new ViewPlan(
                VIEW, "v", Objects.requireNonNull(create.definition().query()));
    }

    /** The stream of a view that has all groups. */
    private StreamDefinition filled(StreamEngine engine) {
        StreamDefinition stream = stream();
        engine.openStream(stream);
        load(engine, stream, keys, true);
        engine.views().install(List.of(view(stream)));
        engine.views().position(List.of(VIEW), 0).join();
        return stream;
    }

    /** Rows per second, and how long a row takes until it can be read, with a checkpoint every so often. */
    private void cost(String interval) throws Exception {
        try (BenchmarkDirectory data = BenchmarkDirectory.create();
                StreamEngine engine = open(data.path(), interval)) {
            StreamDefinition stream = filled(engine);
            List<Long> latencies = Collections.synchronizedList(new ArrayList<>());
            Thread probe = new Thread(() -> probe(engine, latencies));
            probe.start();
            long start = System.nanoTime();
            load(engine, stream, 4 * rows, false);
            engine.flush();
            long nanos = System.nanoTime() - start;
            probe.interrupt();
            probe.join();
            System.out.printf(
                    Locale.ROOT,
                    "checkpoint every %-9s %5.2f million rows/s; steps %s; last checkpoint %d of %d%n",
                    interval.equals(NEVER) ? "never:" : interval + ":",
                    4e3 * rows / nanos,
                    spread(latencies),
                    engine.views().lastCheckpoint(),
                    engine.views().published().position());
        }
    }

    /** How long it takes, while rows come at a rate that leaves the machine some time, until the view has what has come. */
    private void paced(String interval) throws Exception {
        try (BenchmarkDirectory data = BenchmarkDirectory.create();
                StreamEngine engine = open(data.path(), interval)) {
            StreamDefinition stream = filled(engine);
            int batch = Math.max(1, rate / APPENDS_PER_SECOND);
            List<Long> latencies = new ArrayList<>();
            List<Long> steps = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < seconds * APPENDS_PER_SECOND; i++) {
                long due = start + i * (1_000_000_000L / APPENDS_PER_SECOND);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                ColumnBuilder key = ColumnBuilder.of(DataType.of(DataType.Kind.BIGINT));
                ColumnBuilder value = ColumnBuilder.of(DataType.of(DataType.Kind.BIGINT));
                for (int row = 0; row < batch; row++) {
                    key.appendLong(random.nextInt(keys));
                    value.appendLong(row);
                }
                engine.append(stream.id(), List.of(key.build(), value.build()), batch, null)
                        .join();
                long acknowledged = System.nanoTime();
                engine.flush();
                long taken = System.nanoTime();
                latencies.add(taken - due); // one that comes late because others did has waited, too
                if (i >= WARM_SECONDS * APPENDS_PER_SECOND) {
                    steps.add(taken - acknowledged);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "checkpoint every %-9s %d rows/s; in the view %s after they were due; steps %s; last checkpoint %d of %d%n",
                    interval.equals(NEVER) ? "never:" : interval + ":",
                    batch * APPENDS_PER_SECOND,
                    spread(latencies),
                    spread(steps),
                    engine.views().lastCheckpoint(),
                    engine.views().published().position());
        }
    }

    /** Of times in nanoseconds. */
    private static String spread(List<Long> nanos) {
        if (nanos.isEmpty()) {
            return "too few to tell";
        }
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %.1f, p99 %.1f, p99.9 %.1f, longest %.1f ms (%d of %d above 20)",
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.get(sorted.size() * 999 / 1000) / 1e6,
                sorted.get(sorted.size() - 1) / 1e6,
                sorted.stream().filter(each -> each > 20_000_000).count(),
                sorted.size());
    }

    /** Waits again and again for the views to have taken what has been acknowledged. */
    private static void probe(StreamEngine engine, List<Long> latencies) {
        long start = System.nanoTime();
        try {
            while (true) {
                long began = System.nanoTime();
                engine.views()
                        .position(
                                List.of(VIEW), engine.views().published().cut().sequence() + 1)
                        .get();
                if (began - start >= WARM_NANOS) {
                    latencies.add(System.nanoTime() - began);
                }
            }
        } catch (InterruptedException | ExecutionException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** A process with a checkpoint of all keys, and rows after it; it ends as if it were killed. */
    private void die(Path data) throws Exception {
        StreamDefinition stream;
        try (StreamEngine engine = open(data, NEVER)) {
            stream = filled(engine);
        } // makes a checkpoint
        StreamEngine engine = open(data, NEVER);
        engine.openStream(stream);
        engine.views().recover(List.of(view(stream)));
        System.out.println("checkpoint at " + engine.views().lastCheckpoint());
        load(engine, stream, rows, false);
        engine.flush();
        Runtime.getRuntime().halt(0);
    }

    private void recover() throws Exception {
        BenchmarkDirectory data = BenchmarkDirectory.create();
        recover(data.path());
        try {
            data.close();
        } catch (IOException | UncheckedIOException used) { // by the engine, which goes without a checkpoint
            System.err.println("left: " + data.path());
        }
        Runtime.getRuntime().halt(0);
    }

    private void recover(Path data) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                RecoveryBenchmark.class.getName(),
                "--directory",
                data.toString(),
                "--keys",
                String.valueOf(keys),
                "--rows",
                String.valueOf(rows),
                "--append",
                String.valueOf(appendRows)));
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IllegalStateException("the process that was to die ended with " + code);
        }
        StreamDefinition stream = stream();
        ViewPlan view = view(stream);
        long start = System.nanoTime();
        StreamEngine engine = open(data, NEVER);
        engine.openStream(stream);
        engine.views().recover(List.of(view));
        long recovered = System.nanoTime();
        engine.views().position(List.of(VIEW), 0).join();
        ViewStatus status = Objects.requireNonNull(engine.views().status(VIEW));
        RecoveryStatus recovery = engine.views().recoveryStatus();
        System.out.printf(
                Locale.ROOT,
                "recovered %d of %d views: %d groups, %d MB of operators' state, %d steps with %d rows made again: %.2f s to the first answer (%.2f s of it to the state before it)%n",
                recovery.restoredViews(),
                recovery.views(),
                status.rows(),
                Objects.requireNonNull(status.metrics()).stateBytes() >> 20,
                recovery.repeatedSteps(),
                rows,
                (System.nanoTime() - start) / 1e9,
                (recovered - start) / 1e9);
    }

    private void load(StreamEngine engine, StreamDefinition stream, long count, boolean eachOnce) {
        ColumnBuilder key = ColumnBuilder.of(DataType.of(DataType.Kind.BIGINT));
        ColumnBuilder value = ColumnBuilder.of(DataType.of(DataType.Kind.BIGINT));
        ArrayDeque<CompletableFuture<AppendResult>> inFlight = new ArrayDeque<>();
        for (long row = 0; row < count; row++) {
            key.appendLong(eachOnce ? row : random.nextInt(keys));
            value.appendLong(row);
            if (key.size() == appendRows || row == count - 1) {
                int size = key.size();
                inFlight.add(engine.append(stream.id(), List.of(key.build(), value.build()), size, null));
                if (inFlight.size() * appendRows > MOST_WAITING) {
                    inFlight.remove().join();
                }
            }
        }
        inFlight.forEach(CompletableFuture::join);
    }
}
