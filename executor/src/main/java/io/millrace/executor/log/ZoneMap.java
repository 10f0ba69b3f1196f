package io.millrace.executor.log;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds blocks without reading: the log in zones of at most 256 blocks whose documents follow each other in one file.
 *
 * <pre>
 * zone  first LSN  generation  index of the first document  highest time  last append time
 * </pre>
 *
 * Not thread-safe.
 */
final class ZoneMap {
    private static final int MAX_BLOCKS = 256;
    private static final int MAX_ROWS = 65_536;

    private long[] firstLsns = new long[16];
    private int[] generations = new int[16];
    private long[] indexes = new long[16];
    private long[] maxTimes = new long[16];
    private long[] appendTimes = new long[16];
    private int count;
    private int rowsInLast;

    void add(BlockSummary block) {
        int last = count - 1;
        if (last < 0
                || generations[last] != block.generation()
                || indexes[last] + (block.lsn() - firstLsns[last]) != block.index()
                || block.lsn() - firstLsns[last] >= MAX_BLOCKS
                || rowsInLast >= MAX_ROWS) {
            begin(block);
            return;
        }
        maxTimes[last] = Math.max(maxTimes[last], block.maxTime());
        appendTimes[last] = block.appendTime();
        rowsInLast += block.rows();
    }

    private void begin(BlockSummary block) {
        if (count == firstLsns.length) {
            resize(count * 2);
        }
        firstLsns[count] = block.lsn();
        generations[count] = block.generation();
        indexes[count] = block.index();
        maxTimes[count] = block.maxTime();
        appendTimes[count] = block.appendTime();
        rowsInLast = block.rows();
        count++;
    }

    private void resize(int capacity) {
        firstLsns = Arrays.copyOf(firstLsns, capacity);
        generations = Arrays.copyOf(generations, capacity);
        indexes = Arrays.copyOf(indexes, capacity);
        maxTimes = Arrays.copyOf(maxTimes, capacity);
        appendTimes = Arrays.copyOf(appendTimes, capacity);
    }

    int generation(long lsn) {
        return generations[zone(lsn)];
    }

    /** The index of a block's document. */
    long index(long lsn) {
        int zone = zone(lsn);
        return indexes[zone] + (lsn - firstLsns[zone]);
    }

    private int zone(long lsn) {
        int found = Arrays.binarySearch(firstLsns, 0, count, lsn);
        return found >= 0 ? found : -found - 2;
    }

    long firstBlockSince(long time, boolean byAppendTime, long nextLsn) {
        long[] times = byAppendTime ? appendTimes : maxTimes;
        for (int zone = 0; zone < count; zone++) {
            if (times[zone] >= time) {
                return firstLsns[zone];
            }
        }
        return nextLsn;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(count);
        out.writeInt(rowsInLast);
        for (int zone = 0; zone < count; zone++) {
            out.writeLong(firstLsns[zone]);
            out.writeInt(generations[zone]);
            out.writeLong(indexes[zone]);
            out.writeLong(maxTimes[zone]);
            out.writeLong(appendTimes[zone]);
        }
    }

    static ZoneMap read(DataInputStream in) throws IOException {
        ZoneMap zones = new ZoneMap();
        zones.count = in.readInt();
        zones.rowsInLast = in.readInt();
        zones.resize(Math.max(16, zones.count));
        for (int zone = 0; zone < zones.count; zone++) {
            zones.firstLsns[zone] = in.readLong();
            zones.generations[zone] = in.readInt();
            zones.indexes[zone] = in.readLong();
            zones.maxTimes[zone] = in.readLong();
            zones.appendTimes[zone] = in.readLong();
        }
        return zones;
    }
}
