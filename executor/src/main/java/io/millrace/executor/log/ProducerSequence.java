package io.millrace.executor.log;

import java.util.UUID;

/**
 * Names one append of one producer, so that an append that is sent again is not made again.
 *
 * <p>A producer that counts gives each append to a log a number, and says after which one it comes: the numbers go on over
 * its epochs. One that does not count ({@code previous} is {@link #ANY}) begins anew in each epoch.
 *
 * @param epoch of those who have been this producer, the latest; 0: nobody else is ever this producer
 * @param previous the number that the producer's last append to this log had, 0 for none; {@link #ANY} when it does not count
 * @param sequence the number of the append and, in the lower {@value #STEP_BITS} bits, which step of its request it is: the
 *     steps are made one after the other
 */
public record ProducerSequence(UUID producer, int epoch, long previous, long sequence) {
    /** In place of a number: the append may come after any that has a lower one. */
    public static final long ANY = -1;

    private static final int STEP_BITS = 16;

    /** How many appends one request can make. */
    public static final int MAX_STEPS = 1 << STEP_BITS;

    /** The highest number of an append. */
    public static final long MAX_NUMBER = Long.MAX_VALUE >> STEP_BITS;

    /** @param step from 0, less than {@link #MAX_STEPS} */
    public static ProducerSequence of(UUID producer, long request, int step) {
        return new ProducerSequence(producer, 0, ANY, (request << STEP_BITS) + step);
    }

    /** An append of a producer that does not count, but is the same one in several epochs. */
    public static ProducerSequence inEpoch(UUID producer, int epoch, long number, int step) {
        return new ProducerSequence(producer, epoch, ANY, (number << STEP_BITS) + step);
    }

    /** @param previous less than {@code number} */
    public static ProducerSequence numbered(UUID producer, int epoch, long previous, long number, int step) {
        return new ProducerSequence(producer, epoch, previous, (number << STEP_BITS) + step);
    }

    /** The number in a sequence, without the step. */
    public static long number(long sequence) {
        return sequence >> STEP_BITS;
    }

    long number() {
        return number(sequence);
    }

    public boolean isNumbered() {
        return previous != ANY;
    }

    /** True when this append was made before that one, because they are steps of one request. */
    boolean isStepBefore(long later) {
        return sequence < later && number() == number(later);
    }
}
