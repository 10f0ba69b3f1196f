package io.millrace.planner;

import io.millrace.error.SourcePosition;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * Where the clauses of a query stand in its text, for errors that only the plan shows.
 *
 * @param combined what makes the query read more than one input
 */
record QueryShape(
        @Nullable SourcePosition select,
        @Nullable SourcePosition aggregate,
        @Nullable SourcePosition orderBy,
        @Nullable SourcePosition window,
        @Nullable SqlNode combined) {}
