package io.millrace.plan;

/**
 * Two columns that must be equal for rows to be partners; both lie in memory alike.
 *
 * @param left column of the left input
 * @param right column of the right input
 * @param nullsEqual IS NOT DISTINCT FROM, rather than =, for which NULL has no partner
 */
public record JoinKey(int left, int right, boolean nullsEqual) {}
