package io.millrace.executor.dataflow;

import io.millrace.executor.view.Delta;

/**
 * What a step changed in the rows of a query.
 *
 * @param position of the step
 * @param time of the step, microseconds since the epoch
 * @param isSnapshot whether these are the rows that are there when one begins to follow
 */
record Change(long position, long time, Delta delta, boolean isSnapshot) {
    Change(long position, long time, Delta delta) {
        this(position, time, delta, false);
    }
}
