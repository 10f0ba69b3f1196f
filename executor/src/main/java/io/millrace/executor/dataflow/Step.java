package io.millrace.executor.dataflow;

import io.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * A step that is to be made.
 *
 * @param position its number
 * @param time of the step, microseconds since the epoch; none is before that of the step before it
 * @param identity tells it from another that might have had its number
 * @param cut up to which it takes what there is
 * @param record tells whether the step is on disk, before which nobody may see what it gives
 */
record Step(long position, long time, int identity, Cut cut, Record record) {
    /** A step's place on disk. */
    @FunctionalInterface
    interface Record {
        /** Of a step that was made before. */
        Record WRITTEN = () -> null;

        /**
         * Writes it once more if it could not be written, and waits for that.
         *
         * @return null when it is on disk; otherwise what keeps it from there for now, so that it is to be tried again
         * @throws MillraceException when it never will be
         */
        @Nullable
        MillraceException await();
    }
}
