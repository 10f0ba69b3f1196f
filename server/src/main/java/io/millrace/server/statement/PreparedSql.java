package io.millrace.server.statement;

import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import java.util.List;

/**
 * A statement that was parsed and planned. It is planned again by itself when what it names has changed since.
 *
 * @param kind decides what executing it gives
 * @param output the columns of the result; empty when it gives none
 */
public record PreparedSql(String sql, Kind kind, List<DataType> parameters, List<OutputColumn> output) {
    /** What executing a statement gives. */
    public enum Kind {
        /** Rows: SELECT, SHOW, DESCRIBE, EXPLAIN. */
        QUERY,
        /** A count: INSERT. */
        UPDATE,
        /** Nothing: DDL, KILL QUERY, FLUSH. */
        COMMAND
    }
}
