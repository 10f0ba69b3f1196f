package io.millrace.executor.metrics;

/**
 * How far a stream's time has come, for SHOW WATERMARKS. In microseconds since the epoch.
 *
 * @param watermark {@code Watermarks.NONE} before any
 * @param holder what would have to go on for the watermark to go on
 * @param nextWindowEnd at which the watermark closes a window of a running query; {@code Long.MAX_VALUE}: none is open
 */
public record WatermarkStatus(long watermark, Holder holder, long nextWindowEnd) {
    /** What a watermark waits for. */
    public enum Holder {
        /** No row has had a time yet. */
        NO_ROWS("no rows"),
        /** It is the highest time of a row, less the delay. */
        ROWS("rows"),
        /** No row has come for longer than IDLE TIMEOUT: it moves with the clock. */
        IDLE("idle"),
        /** The time is the append time: it is the clock. */
        CLOCK("clock");

        private final String text;

        Holder(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
