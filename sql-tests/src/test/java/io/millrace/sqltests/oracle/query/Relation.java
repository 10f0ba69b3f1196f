package io.millrace.sqltests.oracle.query;

import java.util.List;

/** Named columns and rows. */
public record Relation(List<String> names, List<List<Object>> rows) {}
