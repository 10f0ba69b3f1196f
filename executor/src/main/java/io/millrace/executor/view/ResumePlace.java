package io.millrace.executor.view;

/**
 * From where the rows of a result can be computed again by a reader who has some of them.
 *
 * @param first the number of the first row that is computed again; negative when it is one before those of this result
 * @param token names the place
 */
public record ResumePlace(long first, String token) {}
