package io.millrace.executor.log;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Finds blocks without reading: the log in zones of at most 256 blocks whose documents follow each other in one file.
 *
 * <pre>
 * zone  first LSN  generation  index of the first document  highest time  last append time  bytes
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
    private long[] bytes = new long[16];
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
        bytes[last] += block.bytes();
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
        bytes[count] = block.bytes();
        rowsInLast = block.rows();
        count++;
    }

    private void resize(int capacity) {
        firstLsns = Arrays.copyOf(firstLsns, capacity);
        generations = Arrays.copyOf(generations, capacity);
        indexes = Arrays.copyOf(indexes, capacity);
        maxTimes = Arrays.copyOf(maxTimes, capacity);
        appendTimes = Arrays.copyOf(appendTimes, capacity);
        bytes = Arrays.copyOf(bytes, capacity);
    }

    /** Forgets the zones before a block, with which one begins; returns their bytes. */
    long trim(long lsn) {
        int gone = 0;
        long goneBytes = 0;
        while (gone < count && firstLsns[gone] < lsn) {
            goneBytes += bytes[gone];
            gone++;
        }
        count -= gone;
        System.arraycopy(firstLsns, gone, firstLsns, 0, count);
        System.arraycopy(generations, gone, generations, 0, count);
        System.arraycopy(indexes, gone, indexes, 0, count);
        System.arraycopy(maxTimes, gone, maxTimes, 0, count);
        System.arraycopy(appendTimes, gone, appendTimes, 0, count);
        System.arraycopy(bytes, gone, bytes, 0, count);
        return goneBytes;
    }

    long firstBlockWithin(long wanted, long first) {
        long sum = 0;
        for (int zone = count - 1; zone >= 0; zone--) {
            sum += bytes[zone];
            if (sum >= wanted) {
                return firstLsns[zone];
            }
        }
        return first;
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
            out.writeLong(bytes[zone]);
        }
    }

    static ZoneMap read(DataInputStream in) throws IOException {
        return read(in, true);
    }

    /** As the first manifests have it: their bytes are all that is known, so that each zone is given the same. */
    static ZoneMap readFirst(DataInputStream in, long allBytes) throws IOException {
        ZoneMap zones = read(in, false);
        Arrays.fill(zones.bytes, 0, zones.count, allBytes / Math.max(1, zones.count));
        return zones;
    }

    private static ZoneMap read(DataInputStream in, boolean hasBytes) throws IOException {
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
            zones.bytes[zone] = hasBytes ? in.readLong() : 0;
        }
        return zones;
    }
}
