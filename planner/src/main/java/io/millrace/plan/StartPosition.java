package io.millrace.plan;

/**
 * Where a continuous query begins.
 *
 * @param value of {@link Kind#TIMESTAMP}, microseconds since the epoch; of {@link Kind#AFTER_POSITION} the position; else 0
 */
public record StartPosition(Kind kind, long value) {
    public static final StartPosition NOW = new StartPosition(Kind.NOW, 0);
    public static final StartPosition BEGINNING = new StartPosition(Kind.BEGINNING, 0);

    /** Kinds of beginnings. */
    public enum Kind {
        /** Rows appended from now on; a windowed query reads back as far as the windows that are still open need. */
        NOW,
        /** The oldest row that is retained. */
        BEGINNING,
        /** As {@link #NOW}, but of a time: rows appended at or after it. */
        TIMESTAMP,
        /** As {@link #NOW}, but of the step of a position: rows appended after it. */
        AFTER_POSITION
    }

    public static StartPosition timestamp(long micros) {
        return new StartPosition(Kind.TIMESTAMP, micros);
    }

    public static StartPosition afterPosition(long position) {
        return new StartPosition(Kind.AFTER_POSITION, position);
    }
}
