package io.millrace.executor.operator;

/** An operator whose windows the watermark closes. */
public interface Windowed {
    /** Rows that were ignored because all their windows had closed. On any thread. */
    long lateRows();

    /** The lowest end of a window that closes with an effect; {@code Long.MAX_VALUE} when there is none. */
    long nextWindowEnd();
}
