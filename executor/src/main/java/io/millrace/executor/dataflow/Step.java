package io.millrace.executor.dataflow;

/**
 * A step that is to be made.
 *
 * @param position its number
 * @param time of the step, microseconds since the epoch; none is before that of the step before it
 * @param identity tells it from another that might have had its number
 * @param cut up to which it takes what there is
 * @param record whose {@link Record#await} returns when the step is on disk, before which nobody may see what it gives
 */
record Step(long position, long time, int identity, Cut cut, Record record) {
    /** A step's place on disk. */
    @FunctionalInterface
    interface Record {
        /** Of a step that was made before. */
        Record WRITTEN = () -> {};

        /** Returns when the step is on disk; fails when it never will be. */
        void await();
    }
}
