package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import io.millrace.executor.table.TableVersion;
import java.util.Map;

/**
 * What a step has made visible, at once.
 *
 * @param position of the step
 * @param identity of the step: see {@link io.millrace.executor.checkpoint.StepRecord#identity}
 * @param cut through streams and tables: all views have taken what is before it, and nothing else
 * @param views the rows of those that can be read, by their numbers
 * @param failures why others cannot
 */
public record Published(
        long position, int identity, Cut cut, Map<Long, TableVersion> views, Map<Long, MillraceException> failures) {
    /** Before the first step of this run. */
    static Published nothing(long position) {
        return new Published(position, 0, Cut.NOTHING, Map.of(), Map.of());
    }
}
