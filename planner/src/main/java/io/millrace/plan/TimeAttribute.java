package io.millrace.plan;

/** Which watermark tells when the windows over a time column close. */
public enum TimeAttribute {
    /** The stream's WATERMARK. */
    EVENT_TIME,
    /** The append time: follows the clock, no row is late. */
    ROW_TIME,
    /** None (bounded queries over any other timestamp): windows close at the end of the input, no row is late. */
    NONE
}
