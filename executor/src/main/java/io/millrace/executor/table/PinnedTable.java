package io.millrace.executor.table;

/**
 * A table as it was at one moment.
 *
 * @param version its rows
 * @param endLsn of its log: the blocks below it made these rows
 */
public record PinnedTable(OpenTable table, TableVersion version, long endLsn) {}
