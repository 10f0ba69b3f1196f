package io.millrace.executor.log;

/**
 * Where an append that is now on disk went.
 *
 * @param lsn of its last block
 * @param firstRow number of its first row in the log
 * @param rows how many it has
 * @param duplicate true when it had been made before, and this is where; of several steps of a request, where the last
 *     one went
 */
public record AppendResult(long lsn, long firstRow, int rows, boolean duplicate) {}
