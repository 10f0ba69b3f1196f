package io.millrace.server.statement;

import io.millrace.error.MillraceException;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is over: for a query, when its last row has been fetched, or nobody will fetch more.
 *
 * @param kind in a few words with underscores: {@code select}, {@code continuous}, {@code insert}, {@code create_stream};
 *     {@code unplanned} when it was refused before its kind was known
 * @param nanos from its arrival to its end
 * @param rows fetched or changed
 * @param failure null when it went well
 */
public record EndedStatement(
        String kind,
        String sql,
        String client,
        long nanos,
        long rows,
        @Nullable MillraceException failure) {
    /** The kind of a query that does not end by itself. */
    public static final String CONTINUOUS = "continuous";
}
