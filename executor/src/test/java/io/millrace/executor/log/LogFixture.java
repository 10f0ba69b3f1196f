package io.millrace.executor.log;

import io.millrace.executor.column.Column;
import io.millrace.executor.column.DecimalColumn;
import io.millrace.executor.column.DoubleColumn;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.StringColumn;
import io.millrace.executor.time.EngineClock;
import io.millrace.plan.DataType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What the tests of the log share: a clock to move, a disk with faults, columns, and reading a log as a list. */
final class LogFixture {
    static final List<DataType> NUMBER_AND_WORD =
            List.of(DataType.of(DataType.Kind.BIGINT), DataType.of(DataType.Kind.VARCHAR));

    private LogFixture() {}

    /** Time that moves only when told. */
    static final class TestClock implements EngineClock {
        final AtomicLong micros = new AtomicLong(1_800_000_000_000_000L);
        final AtomicLong nanos = new AtomicLong();

        @Override
        public long epochMicros() {
            return micros.get();
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }

        @Override
        public AutoCloseable onAdvance(Runnable listener) {
            return () -> {};
        }
    }

    /** A disk that can be full, slow or broken. */
    static class TestDisk implements Disk {
        volatile long usable = Long.MAX_VALUE;
        final AtomicLong forces = new AtomicLong();
        volatile Runnable beforeForce = () -> {};
        volatile java.util.function.LongConsumer afterBlock = lsn -> {};

        @Override
        public long usableBytes(Path directory) {
            return usable;
        }

        @Override
        public void force(FileChannel file) throws IOException {
            beforeForce.run();
            forces.incrementAndGet();
        }

        @Override
        public void written(long lsn) {
            afterBlock.accept(lsn);
        }

        @Override
        public long totalBytes(Path directory) {
            return usable;
        }

        @Override
        public BlockStore.Opener stores(LongSupplier millis) {
            return ChronicleStore.opener(millis);
        }
    }

    static LogOptions options(EngineClock clock) {
        return new LogOptions("words", NUMBER_AND_WORD, -1, null, true, clock);
    }

    static LongColumn longs(long... values) {
        return new LongColumn(values, null, values.length);
    }

    static DoubleColumn doubles(double... values) {
        return new DoubleColumn(values, null, values.length);
    }

    static DecimalColumn decimals(long[] high, long[] low) {
        return new DecimalColumn(high, low, null, high.length);
    }

    static StringColumn strings(String... values) {
        byte[][] rows = new byte[values.length][];
        int total = 0;
        for (int i = 0; i < values.length; i++) {
            rows[i] = values[i].getBytes(StandardCharsets.UTF_8);
            total += rows[i].length;
        }
        byte[] bytes = new byte[total];
        int[] offsets = new int[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(rows[i], 0, bytes, offsets[i], rows[i].length);
            offsets[i + 1] = offsets[i] + rows[i].length;
        }
        return new StringColumn(bytes, offsets, null, values.length);
    }

    /** Rows {@code from} to {@code to} of a stream whose row n holds n and a word that follows from n. */
    static List<Column> numbered(long from, int count) {
        long[] numbers = new long[count];
        String[] words = new String[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = from + i;
            words[i] = word(from + i);
        }
        return List.of(longs(numbers), strings(words));
    }

    static String word(long number) {
        return "wörd-" + Long.toString(number * 7919, 36);
    }

    /** All rows, as text, checking that LSNs, row numbers and times follow each other. */
    static List<String> readAll(Log log) {
        List<String> rows = new ArrayList<>();
        try (LogReader reader = log.reader(0)) {
            readRest(reader, rows);
        }
        return rows;
    }

    static void readRest(LogReader reader, List<String> rows) {
        long row = rows.size();
        while (reader.next(Long.MAX_VALUE)) {
            if (reader.firstRow() != row) {
                throw new AssertionError("row " + reader.firstRow() + " after " + row);
            }
            LongColumn numbers = (LongColumn) reader.block().column(0);
            StringColumn words = (StringColumn) reader.block().column(1);
            for (int i = 0; i < reader.block().rowCount(); i++) {
                rows.add(numbers.get(i) + " " + words.string(i));
            }
            row += reader.block().rowCount();
        }
    }

    static List<String> expected(int count) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(i + " " + word(i));
        }
        return rows;
    }
}
