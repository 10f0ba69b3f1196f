package io.millrace.server.connector;

/**
 * Which numbers the records of a producer's connection have.
 *
 * @param first of the first record; at most one more than {@code known}
 * @param known records up to this one are on disk
 */
record RecordNumbers(long first, long known) {}
