package io.millrace.executor.log;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last append of each of the producers that appended last: so many of those that are known by an epoch, and so many of
 * those that nobody else can be, so that these, of which every connection is one, drive none of the others out. Not
 * thread-safe.
 *
 * <pre>
 * in a manifest: count 4, { producer 16 | epoch 4 | sequence 8 | LSN 8 | first row 8 | rows 4 | append time 8 }
 * version 1 had neither epoch nor append time
 * </pre>
 */
final class ProducerTable {
    private static final int MAX_UNNAMED = 10_000;

    private final LastUsed named = new LastUsed(ProducerEpochs.MAX_PRODUCERS);
    private final LastUsed unnamed = new LastUsed(MAX_UNNAMED);

    private static final class LastUsed extends LinkedHashMap<UUID, ProducerEntry> {
        private static final long serialVersionUID = 1L;

        private int limit;

        LastUsed(int limit) {
            super(16, 0.75f, true);
            this.limit = limit;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, ProducerEntry> eldest) {
            return size() > limit;
        }

        void limit(int most) {
            limit = most;
            var oldest = entrySet().iterator();
            for (int excess = size() - most; excess > 0; excess--) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** How many of those that are known by an epoch are kept. */
    void limit(int mostNamed) {
        named.limit(mostNamed);
    }

    @Nullable
    ProducerEntry last(UUID producer) {
        ProducerEntry entry = named.get(producer);
        return entry == null ? unnamed.get(producer) : entry;
    }

    void add(ProducerEntry entry) {
        (entry.epoch() > 0 ? named : unnamed).put(entry.producer(), entry);
    }

    /** Of those that are known by an epoch. */
    List<ProducerEntry> named() {
        return List.copyOf(named.values());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(unnamed.size() + named.size());
        for (Map<UUID, ProducerEntry> entries : List.of(unnamed, named)) {
            for (ProducerEntry entry : entries.values()) {
                out.writeLong(entry.producer().getMostSignificantBits());
                out.writeLong(entry.producer().getLeastSignificantBits());
                out.writeInt(entry.epoch());
                out.writeLong(entry.sequence());
                out.writeLong(entry.result().lsn());
                out.writeLong(entry.result().firstRow());
                out.writeInt(entry.result().rows());
                out.writeLong(entry.time());
            }
        }
    }

    /** @param hasEpochs false in a manifest of version 1 */
    static ProducerTable read(DataInputStream in, boolean hasEpochs) throws IOException {
        ProducerTable table = new ProducerTable();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            UUID producer = new UUID(in.readLong(), in.readLong());
            int epoch = hasEpochs ? in.readInt() : 0;
            long sequence = in.readLong();
            AppendResult result = new AppendResult(in.readLong(), in.readLong(), in.readInt(), false);
            long time = hasEpochs ? in.readLong() : Long.MIN_VALUE;
            table.add(new ProducerEntry(producer, epoch, sequence, result, time));
        }
        return table;
    }
}
