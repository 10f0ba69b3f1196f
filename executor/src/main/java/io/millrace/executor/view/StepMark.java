package io.millrace.executor.view;

/**
 * How far the steps of a subscription have been given at some row of its result.
 *
 * @param after the last position of which all rows have been given; {@link #NONE}: not even what is there at the start
 * @param current the position of which some rows have been given, and others may follow; {@link #NONE}: there is none
 * @param time of the current position, microseconds since the epoch
 * @param first the number of the first row of the current position
 */
public record StepMark(long after, long current, long time, long first) {
    public static final long NONE = -1;
}
