package io.millrace.executor.log;

import java.util.UUID;

/** One append of a producer, and where it went. */
public record ProducerEntry(UUID producer, long sequence, AppendResult result) {
    void write(byte[] block, int at) {
        BlockCodec.writeLong(block, at, producer.getMostSignificantBits());
        BlockCodec.writeLong(block, at + 8, producer.getLeastSignificantBits());
        BlockCodec.writeLong(block, at + 16, sequence);
        BlockCodec.writeLong(block, at + 24, result.firstRow());
        BlockCodec.writeInt(block, at + 32, result.rows());
        BlockCodec.writeInt(block, at + 36, 0);
    }

    static ProducerEntry read(byte[] block, int at) {
        return new ProducerEntry(
                new UUID(BlockCodec.readLong(block, at), BlockCodec.readLong(block, at + 8)),
                BlockCodec.readLong(block, at + 16),
                new AppendResult(
                        BlockCodec.lsn(block),
                        BlockCodec.readLong(block, at + 24),
                        BlockCodec.readInt(block, at + 32),
                        false));
    }
}
