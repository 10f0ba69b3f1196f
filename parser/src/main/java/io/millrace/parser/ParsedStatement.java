package io.millrace.parser;

import org.apache.calcite.sql.SqlNode;

/** A statement that the grammar accepts; nothing in it has been looked up. */
public record ParsedStatement(String sql, SqlNode node, Kind kind) {
    /** What a statement does. */
    public enum Kind {
        QUERY,
        INSERT,
        UPDATE,
        DELETE,
        SUBSCRIBE,
        CREATE_STREAM,
        CREATE_TABLE,
        CREATE_VIEW,
        CREATE_MATERIALIZED_VIEW,
        CREATE_SINK,
        ALTER_STREAM,
        DROP,
        SHOW,
        DESCRIBE,
        EXPLAIN,
        KILL_QUERY,
        FLUSH
    }
}
