package io.millrace.jdbc;

/**
 * From where the server can compute rows again.
 *
 * @param first the number of the first row that is computed again; negative when it is one before those of this result
 * @param token how the server knows the place
 */
record ResumePlace(long first, String token) {}
