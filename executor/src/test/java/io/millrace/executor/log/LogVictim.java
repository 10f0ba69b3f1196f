package io.millrace.executor.log;

import io.millrace.executor.column.LongColumn;
import io.millrace.executor.time.SystemClock;
import java.nio.file.Path;

/** A process that appends, says what was acknowledged, and is killed. */
final class LogVictim {
    static final int THREADS = 3;
    static final long STRIDE = 1_000_000_000L;

    private LogVictim() {}

    public static void main(String[] args) {
        System.out.println("begin");
        ChronicleLog log = ChronicleLog.open(Path.of(args[0]), LogFixture.options(new SystemClock()));
        long[] counts = counts(log);
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            new Thread(() -> append(log, thread, counts[thread])).start();
        }
    }

    /** How many rows of each thread there are; they must follow each other. */
    static long[] counts(Log log) {
        long[] counts = new long[THREADS];
        try (LogReader reader = log.reader(0)) {
            while (reader.next(Long.MAX_VALUE)) {
                LongColumn numbers = (LongColumn) reader.block().column(0);
                for (int row = 0; row < numbers.size(); row++) {
                    int thread = (int) (numbers.get(row) / STRIDE);
                    if (numbers.get(row) % STRIDE != counts[thread]) {
                        throw new AssertionError("row " + numbers.get(row) + " after " + counts[thread]);
                    }
                    counts[thread]++;
                }
            }
        }
        return counts;
    }

    /** The size of the append that begins at a row: mostly small, now and then several blocks. */
    static int size(long from) {
        return from % 7 == 3 ? 9_001 : (int) (1 + from * 31 % 50);
    }

    private static void append(Log log, int thread, long from) {
        long next = from;
        while (true) {
            int size = size(next);
            log.append(LogFixture.numbered(thread * STRIDE + next, size), size, null)
                    .join();
            next += size;
            synchronized (System.out) {
                System.out.println("ack " + thread + " " + next);
            }
        }
    }
}
