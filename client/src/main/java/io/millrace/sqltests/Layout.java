package io.millrace.sqltests;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the expected rows of a query are written. */
enum Layout {
    /** A row per line with {@code |} between its values, exactly as {@code getString} gives them. */
    BARS,
    /** A row per line with a tab between its values. */
    TABS,
    /** A value per line, see {@link PlainValue}. */
    VALUES,
    /** A row per line with blanks between its values. */
    SPACES;

    /**
     * The layout in which the lines give as many rows as the result has, or else the first that they fit.
     *
     * @param columns at least 2: a single column looks the same in every layout
     */
    static Layout recognise(List<String> lines, int columns, int rows) {
        @Nullable Layout first = null;
        for (Layout layout : values()) {
            if (layout.fits(lines, columns)) {
                if (layout.rowCount(lines, columns) == rows) {
                    return layout;
                }
                first = first == null ? layout : first;
            }
        }
        return first == null ? BARS : first;
    }

    /** The lines of a result in this layout; {@code sort} applies to rows, or values. */
    List<String> lines(ResultTable table, String letters, SortMode sort) {
        if (this == VALUES || sort == SortMode.VALUESORT) {
            return values(table, letters, sort);
        }
        List<String> lines = new ArrayList<>();
        for (List<@Nullable String> row : table.rows()) {
            lines.add(line(row));
        }
        if (sort == SortMode.ROWSORT) {
            Collections.sort(lines);
        }
        return lines;
    }

    /** Expected lines, sorted as those of a result. */
    List<String> sorted(List<String> lines, int columns, SortMode sort) {
        List<String> sorted = new ArrayList<>(lines);
        if (this == SPACES) {
            sorted.replaceAll(line -> line.strip().replaceAll("\\s+", " "));
        }
        boolean groups = this == VALUES && sort == SortMode.ROWSORT && columns > 1;
        if (groups && lines.size() % columns == 0) {
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < lines.size(); i += columns) {
                rows.add(lines.subList(i, i + columns));
            }
            rows.sort(ROW_ORDER);
            return rows.stream().flatMap(List::stream).toList();
        }
        if (sort != SortMode.NOSORT && !groups) {
            Collections.sort(sorted);
        }
        return sorted;
    }

    private static final Comparator<List<String>> ROW_ORDER = (left, right) -> {
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    private static List<String> values(ResultTable table, String letters, SortMode sort) {
        List<List<String>> rows = new ArrayList<>();
        for (List<@Nullable String> row : table.rows()) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(PlainValue.of(row.get(i), table.types().charAt(i), letters.charAt(i)));
            }
            rows.add(values);
        }
        if (sort == SortMode.ROWSORT) {
            rows.sort(ROW_ORDER);
        }
        List<String> lines = new ArrayList<>();
        rows.forEach(lines::addAll);
        if (sort == SortMode.VALUESORT) {
            Collections.sort(lines);
        }
        return lines;
    }

    private String line(List<@Nullable String> row) {
        return switch (this) {
            case BARS -> ResultTable.line(row);
            case TABS -> joined(row, "\t");
            case VALUES, SPACES -> joined(row, " ").strip().replaceAll("\\s+", " ");
        };
    }

    private static String joined(List<@Nullable String> row, String separator) {
        return row.stream()
                .map(value -> value == null ? "NULL" : value.isEmpty() ? "(empty)" : value)
                .collect(Collectors.joining(separator));
    }

    private boolean fits(List<String> lines, int columns) {
        return switch (this) {
            case BARS -> lines.stream().allMatch(line -> count(line, '|') >= columns - 1);
            case TABS -> lines.stream().allMatch(line -> count(line, '\t') == columns - 1);
            case VALUES -> lines.size() % columns == 0;
            case SPACES -> lines.stream().allMatch(line -> line.strip().split("\\s+").length >= columns);
        };
    }

    private int rowCount(List<String> lines, int columns) {
        return this == VALUES ? lines.size() / columns : lines.size();
    }

    private static long count(String line, char character) {
        return line.chars().filter(c -> c == character).count();
    }
}
