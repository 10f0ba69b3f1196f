package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.time.SystemClock;
import io.millrace.plan.DataType;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Prints how fast words of 8 bytes are appended and read; run by hand. */
final class LogBenchmark {
    private static final int BLOCKS = 4_000;

    private LogBenchmark() {}

    public static void main(String[] args) throws Exception {
        List<DataType> types = List.of(DataType.of(DataType.Kind.VARCHAR));
        String[] words = new String[Column.MAX_ROWS];
        for (int i = 0; i < words.length; i++) {
            words[i] = String.format("%0" + (6 + i % 5) + "d", i);
        }
        List<Column> columns = List.of(LogFixture.strings(words));
        for (boolean sync : new boolean[] {false, true, false}) {
            Path directory = Files.createTempDirectory("log-benchmark");
            LogOptions options = new LogOptions("words", types, -1, null, sync, new SystemClock());
            try (ChronicleLog log = ChronicleLog.open(directory, options)) {
                append(log, columns, sync);
                for (int round = 0; round < 3; round++) {
                    read(log);
                }
                latency(log);
            }
            LogFixtureFiles.delete(directory);
        }
    }

    private static void append(ChronicleLog log, List<Column> columns, boolean sync) {
        long start = System.nanoTime();
        List<CompletableFuture<AppendResult>> futures = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            futures.add(log.append(columns, Column.MAX_ROWS, null));
        }
        futures.forEach(CompletableFuture::join);
        print("append, sync " + sync, System.nanoTime() - start);
    }

    private static void latency(ChronicleLog log) {
        List<Column> one = List.of(LogFixture.strings("one"));
        int times = 300;
        long start = System.nanoTime();
        for (int i = 0; i < times; i++) {
            log.append(one, 1, null).join();
        }
        System.out.printf("one row: %.0f us%n", (System.nanoTime() - start) / 1e3 / times);
    }

    private static void read(ChronicleLog log) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        try (LogReader reader = log.reader(0)) {
            reader.next(Long.MAX_VALUE);
            reader.block().column(0);
            long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            long start = System.nanoTime();
            while (reader.next(BLOCKS)) {
                StringColumn column = (StringColumn) reader.block().column(0);
                sum += column.offsets()[column.size()];
            }
            long nanos = System.nanoTime() - start;
            bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes;
            print("read " + sum + ", " + bytes / BLOCKS + " bytes allocated per block", nanos);
        }
    }

    private static void print(String what, long nanos) {
        System.out.printf("%s: %.1f million rows/s%n", what, BLOCKS * (double) Column.MAX_ROWS * 1e3 / nanos);
    }
}
