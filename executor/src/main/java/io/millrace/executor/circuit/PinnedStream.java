package io.millrace.executor.circuit;

/**
 * A stream as a bounded query sees it.
 *
 * @param endLsn of its log when the query began: the blocks below it are read
 */
public record PinnedStream(OpenStream stream, long endLsn) {}
