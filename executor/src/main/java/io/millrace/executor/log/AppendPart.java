package io.millrace.executor.log;

/**
 * What one producer contributes to an append that several make together.
 *
 * @param from its first row in the append
 * @param rows how many it has; at least one
 */
public record AppendPart(ProducerSequence producer, int from, int rows) {}
