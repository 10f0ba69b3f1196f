package io.millrace.sqltests;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind {@code query}.
 *
 * @param types one letter per column
 * @param withLabels whether the first line of the result is the names of the columns
 * @param sort null for the file's own
 * @param label queries with the same one give the same result
 */
record QueryOptions(
        String types,
        boolean withLabels,
        @Nullable SortMode sort,
        @Nullable String label) {
    private static final Pattern FORM = Pattern.compile(
            "(?<types>[BIRTDX?]+)(?<labels>\\s+labels)?(?:\\s+(?<sort>\\S+)(?:\\s+(?<label>\\S+))?)?\\s*");

    static QueryOptions parse(SqlRecord record) {
        Matcher form = FORM.matcher(record.arguments());
        if (!form.matches()) {
            throw new MalformedFileException(
                    record.line(),
                    "write \"query\", a letter of BIRTDX? for each column, and if need be labels, "
                            + "nosort, rowsort or valuesort, and a label");
        }
        String word = form.group("sort");
        SortMode sort = word == null ? null : SortMode.of(word);
        if (word != null && sort == null) {
            throw new MalformedFileException(
                    record.line(), "unknown order \"" + word + "\": write nosort, rowsort or valuesort");
        }
        return new QueryOptions(form.group("types"), form.group("labels") != null, sort, form.group("label"));
    }
}
