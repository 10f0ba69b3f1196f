package io.millrace.sqltests.oracle.query;

import java.util.List;
import java.util.Map;

/** A query that gives rows. */
public interface Query extends Part<Query> {
    /** Of its columns. */
    List<ValueType> types();

    List<List<Object>> rows(Environment environment);

    /** The answer by definition over named relations. */
    default List<List<Object>> answer(Map<String, Relation> relations) {
        return rows(Environment.of(relations));
    }
}
