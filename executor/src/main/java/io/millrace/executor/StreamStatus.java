package io.millrace.executor;

/**
 * A stream's figures, for SHOW STREAMS.
 *
 * @param rows in the log
 * @param watermark microseconds since the epoch; {@code Watermarks.NONE} before any
 * @param lateRows that came behind the watermark since the server started
 * @param nullTimeRows whose time was NULL since the server started
 * @param futureRows too far ahead of the clock to move the watermark, since the server started
 */
public record StreamStatus(long rows, long bytes, long watermark, long lateRows, long nullTimeRows, long futureRows) {}
