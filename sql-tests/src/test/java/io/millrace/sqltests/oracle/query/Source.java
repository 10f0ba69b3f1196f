package io.millrace.sqltests.oracle.query;

import java.util.List;
import java.util.Map;

/** What stands in FROM. */
public interface Source extends Part<Source> {
    /** The columns that can be named. */
    List<ColumnUse> columns();

    /** Those of {@code *}, in order. */
    default List<ColumnUse> star() {
        return columns();
    }

    List<Map<ColumnUse, Object>> rows(Environment environment);
}
