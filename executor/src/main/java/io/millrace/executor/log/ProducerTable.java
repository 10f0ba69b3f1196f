package io.millrace.executor.log;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The last append of each of the producers that appended last. Not thread-safe. */
final class ProducerTable {
    private static final int MAX_PRODUCERS = 10_000;

    private final Map<UUID, ProducerEntry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, ProducerEntry> eldest) {
            return size() > MAX_PRODUCERS;
        }
    };

    @Nullable
    ProducerEntry last(UUID producer) {
        return entries.get(producer);
    }

    void add(ProducerEntry entry) {
        entries.put(entry.producer(), entry);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(entries.size());
        for (ProducerEntry entry : entries.values()) {
            out.writeLong(entry.producer().getMostSignificantBits());
            out.writeLong(entry.producer().getLeastSignificantBits());
            out.writeLong(entry.sequence());
            out.writeLong(entry.result().lsn());
            out.writeLong(entry.result().firstRow());
            out.writeInt(entry.result().rows());
        }
    }

    static ProducerTable read(DataInputStream in) throws IOException {
        ProducerTable table = new ProducerTable();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            UUID producer = new UUID(in.readLong(), in.readLong());
            long sequence = in.readLong();
            AppendResult result = new AppendResult(in.readLong(), in.readLong(), in.readInt(), false);
            table.add(new ProducerEntry(producer, sequence, result));
        }
        return table;
    }
}
