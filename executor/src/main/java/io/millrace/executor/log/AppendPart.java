package io.millrace.executor.log;

/**
 * What one producer contributes to an append that several make together.
 *
 * @param from its first row in the append
 * @param rows how many it has; none of a part that is only remembered
 */
public record AppendPart(ProducerSequence producer, int from, int rows) {}
