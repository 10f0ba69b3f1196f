package io.millrace.sqltests;

import java.util.List;

/**
 * One record of a SQL file.
 *
 * @param line of its first word; counts from 1
 * @param lastLine the last one that is not blank
 * @param conditions the lines {@code skipif} and {@code onlyif} above it
 * @param arguments what follows the keyword on its line
 * @param sql the lines below without comments, up to {@code ----} or a blank line
 * @param results what stands below {@code ----}
 */
record SqlRecord(
        int line,
        int lastLine,
        List<Condition> conditions,
        Keyword keyword,
        String arguments,
        String sql,
        Results results) {
    /** The name of this engine in conditions. */
    private static final String ENGINE = "millrace";

    /** Whether a record is for one engine only, or for all but one. */
    record Condition(boolean only, String engine) {
        boolean skips() {
            return only != engine.equalsIgnoreCase(ENGINE);
        }
    }

    /**
     * Expected rows, and their place in the text of the file.
     *
     * @param isThere whether there is a line {@code ----}
     * @param start of the first line below it; without it, where it would have to be
     * @param end of the last line with its end
     */
    record Results(boolean isThere, List<String> lines, int start, int end) {}

    boolean isSkipped() {
        return conditions.stream().anyMatch(Condition::skips);
    }

    /** The first line, as in the file. */
    String heading() {
        return arguments.isEmpty() ? keyword.word() : keyword.word() + " " + arguments;
    }
}
