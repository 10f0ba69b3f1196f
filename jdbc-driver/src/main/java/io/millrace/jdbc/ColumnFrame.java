package io.millrace.jdbc;

/** Rows as the server sent them: the body of its answer, and where in it the columns lie. */
record ColumnFrame(long offset, boolean done, int rows, byte[] body, ColumnSlice[] columns) {}
