package io.millrace.jdbc;

/** Rows as the server sent them: the body of its answer, and where in it the columns lie. */
record ColumnFrame(long offset, boolean done, int rows, byte[] body, ColumnSlice[] columns) {
    static final ColumnFrame NONE = new ColumnFrame(0, false, 0, new byte[0], new ColumnSlice[0]);
    static final ColumnFrame END = new ColumnFrame(0, true, 0, new byte[0], new ColumnSlice[0]);
}
