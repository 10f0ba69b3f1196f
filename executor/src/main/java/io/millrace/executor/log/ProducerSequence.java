package io.millrace.executor.log;

import java.util.UUID;

/**
 * Names one append of one producer, so that an append that is sent again is not made again.
 *
 * @param sequence the next must be greater than the last; its lower {@value #STEP_BITS} bits count the steps of one request,
 *     which are made one after the other
 */
public record ProducerSequence(UUID producer, long sequence) {
    private static final int STEP_BITS = 16;

    /** How many appends one request can make. */
    public static final int MAX_STEPS = 1 << STEP_BITS;

    /** @param step from 0, less than {@link #MAX_STEPS} */
    public static ProducerSequence of(UUID producer, long request, int step) {
        return new ProducerSequence(producer, (request << STEP_BITS) + step);
    }

    /** True when this append was made before that one, because they are steps of one request. */
    boolean isStepBefore(long later) {
        return sequence < later && sequence >> STEP_BITS == later >> STEP_BITS;
    }
}
