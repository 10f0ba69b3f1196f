package io.millrace.executor;

import io.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * A table's figures, for SHOW TABLES.
 *
 * @param rows in the table
 * @param changes in its log: rows that came, and rows that went
 * @param memoryBytes of its rows, those included that are gone but not yet cleared away
 * @param logBytes on disk
 * @param failure why changes are refused; null while all is well
 */
public record TableStatus(
        long rows,
        long changes,
        long memoryBytes,
        long logBytes,
        @Nullable MillraceException failure) {}
