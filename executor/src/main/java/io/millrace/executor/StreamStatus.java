package io.millrace.executor;

import io.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * A stream's figures, for SHOW STREAMS.
 *
 * @param rows that there ever were
 * @param firstRow the number of the first that is kept
 * @param since the append time of the first block that is kept; {@code Long.MIN_VALUE} before any
 * @param bytes on disk
 * @param trimmedBytes that were deleted
 * @param heldBack why more is kept than retention asks for; null when it is not
 * @param watermark microseconds since the epoch; {@code Watermarks.NONE} before any
 * @param lateRows that came behind the watermark since the server started
 * @param nullTimeRows whose time was NULL since the server started
 * @param futureRows too far ahead of the clock to move the watermark, since the server started
 * @param failure why appends are refused, or what could not be read; null while all is well
 */
public record StreamStatus(
        long rows,
        long firstRow,
        long since,
        long bytes,
        long trimmedBytes,
        @Nullable String heldBack,
        long watermark,
        long lateRows,
        long nullTimeRows,
        long futureRows,
        @Nullable MillraceException failure) {}
