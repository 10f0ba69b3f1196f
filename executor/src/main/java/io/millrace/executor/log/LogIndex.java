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

    LogIndex() {
        this(new ZoneMap(), new ProducerTable());
        watermark = Watermarks.NONE;
        appendTime = Long.MIN_VALUE;
    }

    private LogIndex(ZoneMap zones, ProducerTable producers) {
        this.zones = zones;
        this.producers = producers;
    }

    synchronized void add(BlockSummary block) {
        zones.add(block);
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

    synchronized long bytes() {
        return bytes;
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
        zones.write(out);
        producers.write(out);
    }

    /** @param hasEpochs whether its producers have them */
    static LogIndex read(DataInputStream in, boolean hasEpochs) throws IOException {
        long nextLsn = in.readLong();
        long rowCount = in.readLong();
        long watermark = in.readLong();
        long appendTime = in.readLong();
        long bytes = in.readLong();
        LogIndex index = new LogIndex(ZoneMap.read(in), ProducerTable.read(in, hasEpochs));
        index.nextLsn = nextLsn;
        index.rowCount = rowCount;
        index.watermark = watermark;
        index.appendTime = appendTime;
        index.bytes = bytes;
        return index;
    }
}
