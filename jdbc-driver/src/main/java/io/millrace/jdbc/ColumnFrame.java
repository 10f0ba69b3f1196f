package io.millrace.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * Rows as the server sent them: the body of its answer, and where in it the columns lie.
 *
 * @param rows how many were sent
 * @param kept the numbers in the frame of those that the application is given; null: all of them
 * @param mark null when the rows are not those of steps
 * @param place null when it is as before, or there is none
 */
@SuppressWarnings("ArrayRecordComponent") // frames are never compared
record ColumnFrame(
        long offset,
        boolean done,
        int rows,
        byte[] body,
        ColumnSlice[] columns,
        int @Nullable [] kept,
        @Nullable StepMark mark,
        @Nullable ResumePlace place) {
    /** How many rows the application is given. */
    int given() {
        return kept == null ? rows : kept.length;
    }

    ColumnFrame keeping(int[] numbers) {
        return new ColumnFrame(offset, done, rows, body, columns, numbers, mark, place);
    }
}
