package io.millrace.executor.log;

import java.util.ArrayList;
import java.util.List;

/**
 * What the log remembers of a block besides its bytes.
 *
 * @param generation in which it is
 * @param index of its document in the queue
 */
record BlockSummary(
        long lsn,
        long firstRow,
        int rows,
        long appendTime,
        long maxTime,
        long watermark,
        int bytes,
        boolean continues,
        List<ProducerEntry> producers,
        int generation,
        long index) {

    static BlockSummary of(byte[] block, int generation, long index) {
        int count = BlockCodec.producerCount(block);
        List<ProducerEntry> producers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            producers.add(ProducerEntry.read(block, BlockCodec.HEADER_BYTES + i * BlockCodec.PRODUCER_BYTES));
        }
        return new BlockSummary(
                BlockCodec.lsn(block),
                BlockCodec.firstRow(block),
                BlockCodec.rowCount(block),
                BlockCodec.appendTime(block),
                BlockCodec.maxTime(block),
                BlockCodec.watermarkAfter(block),
                BlockCodec.length(block),
                BlockCodec.continues(block),
                producers,
                generation,
                index);
    }
}
