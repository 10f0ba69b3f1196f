package io.millrace.executor.log;

/**
 * Where a log begins: what was before it has been trimmed.
 *
 * @param lsn of its first block
 * @param row the number of the first row
 * @param time the append time of the first block, microseconds since the epoch; {@code Long.MIN_VALUE} before any
 * @param note what the last who trimmed wanted to be remembered; {@link #UNTRIMMED} when nobody has, {@link #UNKNOWN} when that is
 *     lost
 */
public record LogStart(long lsn, long row, long time, long note) {
    public static final long UNTRIMMED = Long.MIN_VALUE;
    public static final long UNKNOWN = Long.MAX_VALUE;

    static final LogStart ORIGIN = new LogStart(0, 0, Long.MIN_VALUE, UNTRIMMED);

    static LogStart at(byte[] block, long note) {
        return new LogStart(BlockCodec.lsn(block), BlockCodec.firstRow(block), BlockCodec.appendTime(block), note);
    }

    /** Whether there was something before. */
    public boolean isTrimmed() {
        return lsn > 0;
    }
}
