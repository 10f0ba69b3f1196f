package io.millrace.sqltests;

import java.util.List;

/**
 * One step of a SQL file.
 *
 * @param line of its first word
 * @param keyword that first word, such as {@code query}
 * @param arguments what follows it on the line
 * @param sql the lines below, up to {@code ----} or a blank line
 * @param rows the lines below {@code ----}
 */
record SqlTestRecord(int line, String keyword, String arguments, String sql, List<String> rows) {}
