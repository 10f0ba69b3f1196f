package io.millrace.server.connector;

import io.millrace.executor.log.ProducerEntry;
import io.millrace.executor.log.ProducerSequence;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells the dead letters of a producer apart, so that each is kept once: by the number of the record and, as steps of that
 * number, which of its dead letters it is. For one thread.
 */
final class DeadLetterNumbers {
    private final UUID producer;
    private final int epoch;
    private final long known;
    private long number;
    private int step;

    /** @param last of the producer's on disk; null when there is none */
    DeadLetterNumbers(UUID producer, int epoch, @Nullable ProducerEntry last) {
        this.producer = producer;
        this.epoch = epoch;
        this.known = last == null ? -1 : last.sequence();
    }

    /** Counts the next dead letter, of the same record or of a later one; false when it is on disk. */
    boolean isNew(long record) {
        step = record == number ? step + 1 : 0;
        number = record;
        return step < ProducerSequence.MAX_STEPS
                && last().sequence() > known; // of one record, no more can be told apart
    }

    /** The dead letter that was counted last. */
    ProducerSequence last() {
        return ProducerSequence.inEpoch(producer, epoch, number, Math.min(step, ProducerSequence.MAX_STEPS - 1));
    }
}
