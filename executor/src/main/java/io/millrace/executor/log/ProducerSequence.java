package io.millrace.executor.log;

import java.util.UUID;

/**
 * Names one append of one producer, so that an append that is sent again is not made again.
 *
 * @param sequence counts a producer's appends to a stream from 0; the next must be greater than the last
 */
public record ProducerSequence(UUID producer, long sequence) {}
