package io.millrace.executor.log;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes groups of appends: small ones share a block, large ones take several, and one sync makes all of them durable. For
 * one thread.
 */
final class GroupWriter {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWriter.class);

    /** Appends without rows take no room but for this. */
    private static final int MAX_PRODUCERS = 4096;

    private final Path directory;
    private final LogOptions options;
    private final LogState state;
    private final Disk disk;
    private final BlockStore.Opener stores;
    private final BlockEncoder encoder;
    private final List<BlockSummary> written = new ArrayList<>();

    private volatile GenerationLimits limits;
    private @Nullable GenerationWriter writer;
    private int generation;
    private long generationBytes;
    private long generationTime;
    private long durableLsn;
    private long nextLsn;
    private long nextRow;
    private long watermark;
    private long appendTime;

    GroupWriter(Path directory, LogOptions options, LogState state, Disk disk, BlockStore.Opener stores) {
        this.directory = directory;
        this.options = options;
        this.state = state;
        this.disk = disk;
        this.stores = stores;
        this.encoder = new BlockEncoder(options.columnTypes(), options.timeColumn());
        this.limits = options.generations();
        this.durableLsn = options.sync() ? state.end().nextLsn() : 0;
    }

    /**
     * Writes the appends and gives each its result; then the blocks are published.
     *
     * @throws MillraceException when nothing was appended, and later groups may be
     * @throws WriteFailure when the log must stop
     */
    void write(List<PendingAppend> group) throws WriteFailure {
        checkSpace(group);
        closeFull();
        GenerationWriter open = open();
        begin();
        try {
            for (PendingAppend append : group) {
                if (append.isWatermark()) {
                    moveWatermark(open, append);
                } else {
                    place(open, append);
                }
            }
            flush(open, false);
            if (options.sync()) {
                sync(open);
            }
            state.publish(written);
        } catch (RuntimeException e) {
            abandon();
            throw e;
        }
    }

    /** From the next group on. On any thread. */
    void limit(GenerationLimits newLimits) {
        limits = newLimits;
    }

    private void begin() {
        appendTime = state.stamp();
        LogEnd end = state.end();
        nextLsn = end.nextLsn();
        nextRow = end.rowCount();
        watermark = end.watermark();
        if (options.sync()) {
            durableLsn = nextLsn;
        }
        encoder.clear();
        written.clear();
    }

    private void abandon() throws WriteFailure {
        state.abandon();
        if (!written.isEmpty()) {
            close(); // the next generation takes the place of the blocks written in vain
        }
    }

    /** The next group begins another generation when this one has what it may have. */
    private void closeFull() throws WriteFailure {
        GenerationLimits now = limits;
        if (generationBytes > 0
                && (generationBytes >= now.bytes() || options.clock().epochMicros() - generationTime >= now.micros())) {
            close();
        }
    }

    /**
     * Deletes what is neither wanted nor read any more: the manifest forgets it first.
     *
     * @return whether a block was added
     */
    boolean trim() throws WriteFailure {
        LogEnd end = state.end();
        Retained retained = state.retained();
        boolean isSilent = retained.wanted() >= end.nextLsn()
                && end.rowCount() > retained.start().row();
        if (isSilent) {
            beginWithoutRows();
        }
        LogStart next = retained.next();
        if (next == null) {
            return isSilent;
        }
        state.index().trim(next);
        List<Generation> gone = state.removeBefore(next.lsn());
        if (remember(false)) {
            gone.forEach(Generation::delete);
        }
        return isSilent;
    }

    /** Begins a generation, with a block that keeps the numbers and the watermark. */
    private void beginWithoutRows() throws WriteFailure {
        close();
        GenerationWriter open = open();
        begin();
        write(open, false, options.watermark() == null ? appendTime : watermark);
        if (options.sync()) {
            sync(open);
        }
        state.publish(written);
    }

    private void checkSpace(List<PendingAppend> group) {
        long needed = options.minimumFreeBytes();
        for (PendingAppend append : group) {
            needed += append.bytes;
        }
        try {
            long usable = disk.usableBytes(directory);
            if (usable < needed) {
                throw new MillraceException(
                                ErrorCode.DISK_FULL,
                                "no space for stream \"" + options.name() + "\": " + (usable >> 20) + " MB are free, "
                                        + (needed >> 20) + " MB are needed")
                        .withHint("Free some space on the disk of \"" + directory + "\"; then appends work again.");
            }
        } catch (IOException e) {
            throw ioError("cannot tell the free space", e);
        }
    }

    private MillraceException ioError(String what, Exception e) {
        return new MillraceException(
                ErrorCode.IO_ERROR, what + " for stream \"" + options.name() + "\": " + e.getMessage(), e);
    }

    /**
     * The first group begins a generation, which is on disk, and in the manifest, before it holds a block. Earlier ones that
     * hold none which counts, because their process ended too soon, go.
     */
    private GenerationWriter open() throws WriteFailure {
        GenerationWriter open = writer;
        if (open != null) {
            return open;
        }
        try {
            List<Integer> numbers = Generation.numbers(directory);
            int number = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1;
            Manifest.GenerationStart start =
                    new Manifest.GenerationStart(number, state.end().nextLsn());
            Generation next = new Generation(directory, start, stores);
            open = new GenerationWriter(next, disk);
            Durable.forceAll(next.directory());
            Durable.force(directory);
            List<Manifest.GenerationStart> starts = starts();
            starts.removeIf(each -> each.firstLsn() == start.firstLsn());
            starts.add(start);
            new Manifest(false, schemaId(), starts, state.index()).write(directory);
            state.add(next).forEach(Generation::delete);
            generation = number;
            generationBytes = 0;
            generationTime = options.clock().epochMicros();
            writer = open;
            return open;
        } catch (IOException | RuntimeException | Error e) {
            throw new WriteFailure(e);
        }
    }

    private int schemaId() {
        return BlockEncoder.schemaId(options.columnTypes());
    }

    private List<Manifest.GenerationStart> starts() {
        List<Manifest.GenerationStart> starts = new ArrayList<>();
        state.generations().forEach(each -> starts.add(each.start()));
        return starts;
    }

    private void moveWatermark(GenerationWriter open, PendingAppend append) throws WriteFailure {
        flush(open, false);
        if (append.watermark > watermark) {
            write(open, false, append.watermark);
        }
        append.result = new AppendResult(nextLsn - 1, nextRow, 0, false);
    }

    private void place(GenerationWriter open, PendingAppend append) throws WriteFailure {
        if (encoder.producers() >= MAX_PRODUCERS) {
            flush(open, false);
        }
        int from = 0;
        append.firstRow = nextRow + encoder.rows();
        while (from < append.rowCount) {
            int room = encoder.room(append.columns, from, append.rowCount);
            if (room == 0) {
                flush(open, from > 0);
                continue;
            }
            if (from == 0) {
                append.firstRow = nextRow + encoder.rows();
            }
            encoder.add(append.columns, from, from + room);
            from += room;
        }
        AppendResult result = new AppendResult(nextLsn, append.firstRow, append.rowCount, false);
        append.result = result;
        if (append.producer != null) {
            remember(append.producer, result);
        }
        for (AppendPart part : append.parts) {
            remember(part.producer(), new AppendResult(nextLsn, append.firstRow + part.from(), part.rows(), false));
        }
    }

    private void remember(ProducerSequence sent, AppendResult result) {
        encoder.add(new ProducerEntry(sent.producer(), sent.epoch(), sent.sequence(), result, appendTime));
    }

    private void flush(GenerationWriter open, boolean continues) throws WriteFailure {
        if (encoder.rows() == 0) {
            if (encoder.producers() > 0) {
                write(open, continues, watermark);
            }
            return;
        }
        BlockWatermark highest = options.watermark();
        write(
                open,
                continues,
                highest == null ? appendTime : highest.highest(encoder.columns(), 0, encoder.rows(), appendTime));
    }

    private void write(GenerationWriter open, boolean continues, long newWatermark) throws WriteFailure {
        long before = watermark;
        watermark = Math.max(before, newWatermark);
        BlockPlace place = new BlockPlace(nextLsn, durableLsn, nextRow);
        int length = encoder.encode(place, continues, appendTime, before, watermark);
        try {
            long index = open.append(encoder.block(), length);
            written.add(BlockSummary.of(encoder.block(), generation, index));
            disk.written(nextLsn);
            generationBytes += length;
        } catch (IOException | RuntimeException | Error e) {
            throw new WriteFailure(e);
        }
        nextLsn++;
        nextRow += encoder.rows();
        encoder.clear();
    }

    private static void sync(GenerationWriter open) throws WriteFailure {
        try {
            open.sync();
        } catch (IOException | RuntimeException | Error e) {
            throw new WriteFailure(e);
        }
    }

    /** Remembers the durable end, so that the next open has less to read. */
    void checkpoint(boolean clean) throws WriteFailure {
        remember(clean);
    }

    private boolean remember(boolean clean) throws WriteFailure {
        GenerationWriter open = writer;
        if (open != null && !options.sync()) {
            sync(open); // a manifest names only what is on disk
            durableLsn = state.end().nextLsn();
        }
        try {
            new Manifest(clean, schemaId(), starts(), state.index()).write(directory);
            return true;
        } catch (IOException e) {
            LOG.warn("cannot write the manifest of log \"{}\"; its next open will take longer", options.name(), e);
            return false;
        }
    }

    void close() throws WriteFailure {
        GenerationWriter open = writer;
        writer = null;
        generationBytes = 0;
        if (open == null) {
            return;
        }
        try {
            if (!options.sync()) {
                open.sync();
            }
            open.close();
        } catch (IOException | RuntimeException | Error e) {
            throw new WriteFailure(e);
        }
    }
}
