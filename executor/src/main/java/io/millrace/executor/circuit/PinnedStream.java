package io.millrace.executor.circuit;

/**
 * A stream as a bounded query sees it.
 *
 * @param startLsn of its log when the query began
 * @param endLsn of its log when the query began: the blocks between them are read
 */
public record PinnedStream(OpenStream stream, long startLsn, long endLsn) {}
