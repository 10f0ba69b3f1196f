package io.millrace.executor;

import io.millrace.catalog.StreamDefinition;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.executor.column.LongColumn;
import io.millrace.executor.column.Selection;
import io.millrace.executor.log.AppendPart;
import io.millrace.executor.log.AppendResult;
import io.millrace.executor.log.BlockWatermark;
import io.millrace.executor.log.GenerationLimits;
import io.millrace.executor.log.Log;
import io.millrace.executor.log.LogEnd;
import io.millrace.executor.log.LogHold;
import io.millrace.executor.log.LogReader;
import io.millrace.executor.log.LogStart;
import io.millrace.executor.log.ProducerEntry;
import io.millrace.executor.log.ProducerSequence;
import io.millrace.executor.time.EngineClock;
import io.millrace.executor.time.Watermarks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A log in memory, whose blocks have random sizes. */
final class MemoryLog implements Log {
    private final StreamDefinition definition;
    private final BlockWatermark watermark;
    private final EngineClock clock;
    private final Random random;
    private final int largestBlock;
    private final List<Block> blocks = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private List<Runnable> held;
    private long rows;
    private long current = Watermarks.NONE;
    private long floor = Long.MIN_VALUE;
    volatile long damagedLsn = -1;
    /** When not null, appends fail with it. */
    volatile MillraceException refusal;

    volatile boolean closed;
    final AtomicInteger openReaders = new AtomicInteger();
    volatile int decodedBlocks;

    MemoryLog(StreamDefinition definition, BlockWatermark watermark, EngineClock clock, long seed, int largestBlock) {
        this.definition = definition;
        this.watermark = watermark;
        this.clock = clock;
        this.random = new Random(seed);
        this.largestBlock = largestBlock;
    }

    record Block(
            long lsn, long firstRow, long appendTime, long before, long after, List<Column> columns, int rowCount) {}

    synchronized List<Block> blocks() {
        return List.copyOf(blocks);
    }

    /** Appends wait, as for a disk that has stopped, until {@link #release}. */
    synchronized void hold() {
        held = new ArrayList<>();
    }

    /** Returns when an append waits. */
    synchronized void awaitHeld() throws InterruptedException {
        while (held.isEmpty()) {
            wait();
        }
    }

    void release() {
        release(null);
    }

    /** Lets those go on that wait, and no others. */
    void releaseHeld() {
        release(new ArrayList<>());
    }

    private void release(List<Runnable> next) {
        List<Runnable> waiting;
        synchronized (this) {
            waiting = held;
            held = next;
        }
        waiting.forEach(Runnable::run);
    }

    @Override
    public CompletableFuture<AppendResult> append(List<Column> columns, int rowCount, ProducerSequence producer) {
        synchronized (this) {
            if (held != null) {
                CompletableFuture<AppendResult> done = new CompletableFuture<>();
                held.add(() -> done.complete(store(columns, rowCount)));
                notifyAll();
                return done;
            }
        }
        return CompletableFuture.completedFuture(store(columns, rowCount));
    }

    private AppendResult store(List<Column> columns, int rowCount) {
        AppendResult result;
        synchronized (this) {
            floor = Math.max(floor, clock.epochMicros());
            long first = rows;
            for (int from = 0; from < rowCount; ) {
                int to = Math.min(rowCount, from + 1 + random.nextInt(largestBlock));
                add(slice(columns, from, to), to - from);
                from = to;
            }
            result = new AppendResult(blocks.size() - 1, first, rowCount, false);
        }
        listeners.forEach(Runnable::run);
        return result;
    }

    @Override
    public CompletableFuture<AppendResult> appendParts(List<Column> columns, int rowCount, List<AppendPart> parts) {
        MillraceException refused = refusal;
        return refused == null ? append(columns, rowCount, null) : CompletableFuture.failedFuture(refused);
    }

    @Override
    public ProducerEntry made(ProducerSequence producer) {
        return null;
    }

    @Override
    public CompletableFuture<ProducerEntry> settled(UUID producer) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<ProducerEntry> namedProducers() {
        return List.of();
    }

    private void add(List<Column> columns, int count) {
        long before = current;
        long highest = watermark == null ? floor : watermark.highest(columns, 0, count, floor);
        current = Math.max(before, highest);
        long[] rowtime = new long[count];
        Arrays.fill(rowtime, floor);
        List<Column> all = new ArrayList<>(columns);
        all.add(new LongColumn(rowtime, null, count));
        blocks.add(new Block(blocks.size(), rows, floor, before, current, all, count));
        rows += count;
    }

    private List<Column> slice(List<Column> columns, int from, int to) {
        Selection range = new Selection(to - from);
        for (int row = from; row < to; row++) {
            range.rows()[row - from] = row;
        }
        range.count(to - from);
        List<Column> slices = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnBuilder builder = ColumnBuilder.of(definition.columnType(i));
            builder.appendAll(columns.get(i), range);
            slices.add(builder.build());
        }
        return slices;
    }

    @Override
    public void limit(GenerationLimits limits) {}

    @Override
    public void appendWatermark(long value) {
        synchronized (this) {
            if (value <= current) {
                return;
            }
            floor = Math.max(floor, clock.epochMicros());
            blocks.add(new Block(blocks.size(), rows, floor, current, value, List.of(), 0));
            current = value;
        }
        listeners.forEach(Runnable::run);
    }

    @Override
    public synchronized LogEnd end() {
        return new LogEnd(blocks.size(), rows, current, floor);
    }

    @Override
    public synchronized LogEnd tick(long now) {
        floor = Math.max(floor, now);
        return end();
    }

    @Override
    public void onAppend(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public LogStart start() {
        return new LogStart(0, 0, Long.MIN_VALUE, LogStart.UNTRIMMED);
    }

    @Override
    public long firstBlockWithin(long bytes) {
        return 0;
    }

    @Override
    public LogHold hold(long lsn) {
        return () -> {};
    }

    @Override
    public void noteIfUnknown(long note) {}

    @Override
    public void release(long lsn, long note) {}

    @Override
    public CompletableFuture<Void> trim() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public long trimmedBytes() {
        return 0;
    }

    @Override
    public LogReader reader(long lsn) {
        openReaders.incrementAndGet();
        return new Reader(lsn);
    }

    @Override
    public synchronized long firstBlockSince(long time, boolean byAppendTime) {
        for (Block block : blocks) {
            long highest = byAppendTime ? block.appendTime() : maxTime(block);
            if (block.rowCount() > 0 && highest >= time) {
                return block.lsn();
            }
        }
        return blocks.size();
    }

    private long maxTime(Block block) {
        if (definition.watermark() == null) {
            return block.rowCount() == 0 ? Long.MIN_VALUE : block.appendTime();
        }
        long highest = Long.MIN_VALUE;
        for (int row = 0; row < block.rowCount(); row++) {
            LongColumn times =
                    (LongColumn) block.columns().get(definition.watermark().timeColumn());
            highest = times.isNull(row) ? highest : Math.max(highest, times.get(row));
        }
        return highest;
    }

    @Override
    public MillraceException failure() {
        return null;
    }

    @Override
    public long sizeBytes() {
        return rows * 100;
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class Reader implements LogReader {
        private long next;
        private Block block;
        private boolean isClosed;

        Reader(long lsn) {
            next = lsn;
        }

        @Override
        public boolean next(long endLsn) {
            if (isClosed || closed) {
                throw new IllegalStateException("closed");
            }
            synchronized (MemoryLog.this) {
                if (next >= Math.min(endLsn, blocks.size())) {
                    return false;
                }
                if (next == damagedLsn) {
                    throw new MillraceException(ErrorCode.DATA_CORRUPTED, "block " + next + " is damaged");
                }
                block = blocks.get((int) next++);
                decodedBlocks++;
            }
            return true;
        }

        @Override
        public long nextLsn() {
            return next;
        }

        @Override
        public long lsn() {
            return block.lsn();
        }

        @Override
        public long firstRow() {
            return block.firstRow();
        }

        @Override
        public int bytes() {
            return block.rowCount() * Long.BYTES;
        }

        @Override
        public long appendTime() {
            return block.appendTime();
        }

        @Override
        public long minTime() {
            return Long.MIN_VALUE;
        }

        @Override
        public long maxTime() {
            return MemoryLog.this.maxTime(block);
        }

        @Override
        public long watermarkBefore() {
            return block.before();
        }

        @Override
        public long watermarkAfter() {
            return block.after();
        }

        @Override
        public Batch block() {
            return new ColumnBatch(block.rowCount(), block.columns());
        }

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                openReaders.decrementAndGet();
            }
        }
    }
}
