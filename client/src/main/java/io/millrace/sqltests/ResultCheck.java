package io.millrace.sqltests;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what a query gave with what its record expects. */
final class ResultCheck {
    private final FileSettings settings;
    private final QueryOptions options;
    private final SortMode sort;
    private final ResultTable table;

    ResultCheck(FileSettings settings, QueryOptions options, ResultTable table) {
        this.settings = settings;
        this.options = options;
        this.sort = options.sort() == null ? settings.sortMode() : options.sort();
        this.table = table;
    }

    /** Of the values, in the order of the file; equal for queries with the same label. */
    ResultHash hash() {
        return ResultHash.of(lines(Layout.VALUES));
    }

    void check(List<String> expected) throws WrongResultException {
        if (table.columnCount() != options.types().length()) {
            throw new WrongResultException("the query gives " + table.columnCount() + " columns ("
                    + table.types() + "), but the record has letters for "
                    + options.types().length());
        }
        ResultHash expectedHash = ResultHash.parse(expected);
        if (expectedHash != null) {
            checkHash(expectedHash);
            return;
        }
        List<String> names = List.of();
        List<String> rows = expected;
        if (options.withLabels()) {
            names = List.of(String.join("|", table.labels()));
            rows = expected.isEmpty() ? expected : expected.subList(1, expected.size());
        }
        Layout layout = layout(rows);
        if (settings.resultMode() == ResultMode.ROWWISE
                || (layout == Layout.BARS && isMultiColumn() && !rows.isEmpty())) {
            checkTypes();
        }
        List<String> wanted = layout.sorted(rows, table.columnCount(), sort);
        List<String> given = lines(layout);
        boolean namesDiffer =
                options.withLabels() && (expected.isEmpty() || !names.get(0).equals(expected.get(0)));
        if (!namesDiffer && (wanted.equals(given) || isEqualInAnyWay(rows))) {
            return;
        }
        List<String> shown =
                new ArrayList<>(options.withLabels() && !expected.isEmpty() ? expected.subList(0, 1) : List.of());
        shown.addAll(wanted);
        throw WrongResultException.rows(shown, joined(names, given), corrected(rows, layout, names));
    }

    private boolean isMultiColumn() {
        return table.columnCount() > 1;
    }

    private Layout layout(List<String> rows) {
        if (settings.resultMode() == ResultMode.VALUEWISE) {
            return Layout.VALUES;
        }
        if (!isMultiColumn()) {
            // with another letter than the column's type, only a plain value can be meant
            boolean isExact = settings.resultMode() == ResultMode.ROWWISE || hasTypesOfLetters();
            return isExact ? Layout.BARS : Layout.VALUES;
        }
        Layout layout = Layout.recognise(rows, table.columnCount(), table.rows().size());
        boolean isRowwise = settings.resultMode() == ResultMode.ROWWISE;
        return isRowwise && layout == Layout.VALUES ? Layout.BARS : layout;
    }

    /** A single column does not show in which way it is written. */
    private boolean isEqualInAnyWay(List<String> rows) {
        return settings.resultMode() == ResultMode.ANY
                && !isMultiColumn()
                && (isEqual(rows, Layout.VALUES) || isEqual(rows, Layout.BARS));
    }

    private boolean isEqual(List<String> rows, Layout layout) {
        return layout.sorted(rows, 1, sort).equals(lines(layout));
    }

    private void checkTypes() throws WrongResultException {
        if (!hasTypesOfLetters()) {
            throw new WrongResultException("not the expected types\n- " + options.types() + "\n+ " + table.types());
        }
    }

    private boolean hasTypesOfLetters() {
        for (int i = 0; i < table.columnCount(); i++) {
            char letter = options.types().charAt(i);
            if (letter != '?' && letter != table.types().charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void checkHash(ResultHash expected) throws WrongResultException {
        ResultHash given = hash();
        if (!given.equals(expected)) {
            throw new WrongResultException(
                    "- " + expected + "\n+ " + given + "\n" + RowDiff.of(List.of(), lines(Layout.VALUES)),
                    List.of(given.toString()));
        }
    }

    private List<String> corrected(List<String> rows, Layout layout, List<String> names) {
        boolean valuewise = settings.resultMode() == ResultMode.VALUEWISE || layout == Layout.VALUES;
        boolean classic = settings.hashThreshold() > 0 && (rows.isEmpty() || !isMultiColumn());
        if (!valuewise && !classic) {
            return joined(names, lines(layout));
        }
        List<String> values = lines(Layout.VALUES);
        boolean isLong = settings.hashThreshold() > 0 && values.size() > settings.hashThreshold();
        return joined(names, isLong ? List.of(hash().toString()) : values);
    }

    private List<String> lines(Layout layout) {
        return layout.lines(table, options.types(), sort);
    }

    private static List<String> joined(List<String> names, List<String> lines) {
        List<String> all = new ArrayList<>(names);
        all.addAll(lines);
        return all;
    }

    /** The hash of expected lines, for a query that is not run; null when they are none. */
    static @Nullable ResultHash hashOf(List<String> expected) {
        if (expected.isEmpty()) {
            return null;
        }
        ResultHash hash = ResultHash.parse(expected);
        return hash == null ? ResultHash.of(expected) : hash;
    }
}
