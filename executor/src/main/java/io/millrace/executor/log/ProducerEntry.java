package io.millrace.executor.log;

import java.util.UUID;

/**
 * One append of a producer, and where it went.
 *
 * <pre>
 * in a block: producer 16 | sequence 8 | first row 8 | rows 4 | epoch 4
 * </pre>
 *
 * @param time the append time; {@code Long.MIN_VALUE} when it is not known
 */
public record ProducerEntry(UUID producer, int epoch, long sequence, AppendResult result, long time) {
    void write(byte[] block, int at) {
        BlockCodec.writeLong(block, at, producer.getMostSignificantBits());
        BlockCodec.writeLong(block, at + 8, producer.getLeastSignificantBits());
        BlockCodec.writeLong(block, at + 16, sequence);
        BlockCodec.writeLong(block, at + 24, result.firstRow());
        BlockCodec.writeInt(block, at + 32, result.rows());
        BlockCodec.writeInt(block, at + 36, epoch);
    }

    static ProducerEntry read(byte[] block, int at) {
        return new ProducerEntry(
                new UUID(BlockCodec.readLong(block, at), BlockCodec.readLong(block, at + 8)),
                BlockCodec.readInt(block, at + 36),
                BlockCodec.readLong(block, at + 16),
                new AppendResult(
                        BlockCodec.lsn(block),
                        BlockCodec.readLong(block, at + 24),
                        BlockCodec.readInt(block, at + 32),
                        false),
                BlockCodec.appendTime(block));
    }

    /** The number of the append. */
    public long number() {
        return ProducerSequence.number(sequence);
    }
}
