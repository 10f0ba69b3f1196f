package io.millrace.plan;

/** Where a continuous query begins. */
public enum StartPosition {
    /** Rows appended from now on; a windowed query reads back as far as the windows that are still open need. */
    NOW,
    /** The oldest row that is retained. */
    BEGINNING
}
