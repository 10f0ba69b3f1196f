package io.millrace.executor.checkpoint;

import java.util.List;
import java.util.Map;

/**
 * What there is to know of a step to make it again.
 *
 * @param position its number
 * @param time of the step, microseconds since the epoch
 * @param catalog the highest number of a view that had been given by then: views with higher ones did not exist
 * @param ends of the logs of streams and tables, by their numbers: the step took the blocks below them
 * @param before what the step before it changed
 */
public record StepRecord(long position, long time, long catalog, Map<Long, Long> ends, List<ViewChange> before) {
    public StepRecord {
        ends = Map.copyOf(ends);
        before = List.copyOf(before);
    }

    /** A number that another step of the same position would hardly have. */
    public int identity() {
        return Long.hashCode(31 * (31 * position + time) + catalog);
    }

    /** The block of a log before which the step ended; 0 when there was no such log. */
    public long end(long logId) {
        return ends.getOrDefault(logId, 0L);
    }
}
