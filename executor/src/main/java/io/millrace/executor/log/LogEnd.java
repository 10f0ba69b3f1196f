package io.millrace.executor.log;

/**
 * The durable end of a log.
 *
 * @param nextLsn the number that the next block will have; LSNs count from 0 without gaps
 * @param rowCount rows in the log so far
 * @param watermark after them, in microseconds since the epoch; {@code Watermarks.NONE} before any
 * @param time no block at or after {@code nextLsn} has an append time below this; in microseconds since the epoch
 */
public record LogEnd(long nextLsn, long rowCount, long watermark, long time) {}
