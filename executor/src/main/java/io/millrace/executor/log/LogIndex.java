package io.millrace.executor.log;

import io.millrace.executor.time.Watermarks;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of the durable blocks without reading them: how many, where, until when, by whom. Thread-safe. */
final class LogIndex {
    private final ZoneMap zones;
    private final ProducerTable producers;

    private long nextLsn;
    private long rowCount;
    private long watermark;
    private long appendTime;
    private long bytes;
    private long trimmedBytes;
    private LogStart start = LogStart.ORIGIN;

    LogIndex() {
        this(new ZoneMap(), new ProducerTable());
        watermark = Watermarks.NONE;
        appendTime = Long.MIN_VALUE;
    }

    /** Of a log that begins there, of which nothing is known yet. */
    static LogIndex from(LogStart start) {
        LogIndex index = new LogIndex();
        index.start = start;
        index.nextLsn = start.lsn();
        index.rowCount = start.row();
        return index;
    }

    private LogIndex(ZoneMap zones, ProducerTable producers) {
        this.zones = zones;
        this.producers = producers;
    }

    synchronized void add(BlockSummary block) {
        zones.add(block);
        if (block.lsn() == start.lsn()) {
            start = new LogStart(block.lsn(), block.firstRow(), block.appendTime(), start.note());
        }
        block.producers().forEach(producers::add);
        nextLsn = block.lsn() + 1;
        rowCount = block.firstRow() + block.rows();
        watermark = block.watermark();
        appendTime = block.appendTime();
        bytes += block.bytes();
    }

    /** Counts blocks that cannot be read, so that nothing is written in their place. */
    synchronized void skipTo(BlockSummary block) {
        nextLsn = block.lsn() + 1;
        rowCount = block.firstRow() + block.rows();
        watermark = block.watermark();
        appendTime = block.appendTime();
    }

    synchronized LogEnd end() {
        return new LogEnd(nextLsn, rowCount, watermark, appendTime);
    }

    /** Where the log begins, but for what is released and yet to be deleted. */
    synchronized LogStart start() {
        return start;
    }

    synchronized void noteIfUnknown(long note) {
        if (start.note() == LogStart.UNKNOWN) {
            start = new LogStart(start.lsn(), start.row(), start.time(), note);
        }
    }

    /** Forgets what comes before. */
    synchronized void trim(LogStart to) {
        trimmedBytes += zones.trim(to.lsn());
        start = to;
    }

    /** Of all blocks that there ever were. */
    synchronized long bytes() {
        return bytes;
    }

    synchronized long trimmedBytes() {
        return trimmedBytes;
    }

    /** The first block such that it and all behind it have no fewer bytes; the first of all when they have fewer. */
    synchronized long firstBlockWithin(long wanted) {
        return zones.firstBlockWithin(wanted, start.lsn());
    }

    synchronized long documentIndex(long lsn) {
        return zones.index(lsn);
    }

    synchronized int generation(long lsn) {
        return zones.generation(lsn);
    }

    synchronized long firstBlockSince(long time, boolean byAppendTime) {
        return zones.firstBlockSince(time, byAppendTime, nextLsn);
    }

    synchronized @Nullable ProducerEntry lastOf(UUID producer) {
        return producers.last(producer);
    }

    /** The last append of each producer that is known by an epoch. */
    synchronized List<ProducerEntry> namedProducers() {
        return producers.named();
    }

    synchronized void limitProducers(int mostNamed) {
        producers.limit(mostNamed);
    }

    synchronized void write(DataOutputStream out) throws IOException {
        out.writeLong(nextLsn);
        out.writeLong(rowCount);
        out.writeLong(watermark);
        out.writeLong(appendTime);
        out.writeLong(bytes);
        out.writeLong(trimmedBytes);
        out.writeLong(start.lsn());
        out.writeLong(start.row());
        out.writeLong(start.time());
        out.writeLong(start.note());
        zones.write(out);
        producers.write(out);
    }

    /** @param version of the manifest that it is in */
    static LogIndex read(DataInputStream in, int version) throws IOException {
        long nextLsn = in.readLong();
        long rowCount = in.readLong();
        long watermark = in.readLong();
        long appendTime = in.readLong();
        long bytes = in.readLong();
        boolean knowsStart = version >= Manifest.WITH_START;
        long trimmedBytes = knowsStart ? in.readLong() : 0;
        LogStart start =
                knowsStart ? new LogStart(in.readLong(), in.readLong(), in.readLong(), in.readLong()) : LogStart.ORIGIN;
        LogIndex index = new LogIndex(
                knowsStart ? ZoneMap.read(in) : ZoneMap.readFirst(in, bytes),
                ProducerTable.read(in, version >= Manifest.WITH_EPOCHS));
        index.trimmedBytes = trimmedBytes;
        index.start = start;
        index.nextLsn = nextLsn;
        index.rowCount = rowCount;
        index.watermark = watermark;
        index.appendTime = appendTime;
        index.bytes = bytes;
        return index;
    }
}
