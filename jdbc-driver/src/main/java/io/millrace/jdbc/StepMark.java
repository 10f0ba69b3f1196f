package io.millrace.jdbc;

/**
 * How far the steps of a subscription have been given with the rows of a frame.
 *
 * @param after the last position of which all rows have been given; {@link #NONE}: of none
 * @param current the position of which some rows have been given, and others may follow; {@link #NONE}: of none
 * @param time of the current position
 * @param first the number of the first row of the current position
 */
record StepMark(long after, long current, long time, long first) {
    static final long NONE = -1;
}
