package io.millrace.sqltests;

import java.util.ArrayList;
import java.util.List;

/** The difference between two lists of lines: {@code -} is missing, {@code +} was not expected. */
final class RowDiff {
    /** Above this the lines in the middle are not matched with each other: the table for that grows with the square. */
    private static final int MOST_MATCHED = 1_000;

    private static final int MOST_SHOWN = 100;
    private static final int CONTEXT = 3;

    private RowDiff() {}

    static String of(List<String> expected, List<String> actual) {
        int head = 0;
        int shorter = Math.min(expected.size(), actual.size());
        while (head < shorter && expected.get(head).equals(actual.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && expected.get(expected.size() - 1 - tail).equals(actual.get(actual.size() - 1 - tail))) {
            tail++;
        }
        List<String> lines = new ArrayList<>();
        context(expected.subList(0, head), true, lines);
        List<String> missing = expected.subList(head, expected.size() - tail);
        List<String> added = actual.subList(head, actual.size() - tail);
        if (missing.size() > MOST_MATCHED || added.size() > MOST_MATCHED) {
            missing.forEach(line -> lines.add("- " + line));
            added.forEach(line -> lines.add("+ " + line));
        } else {
            matched(missing, added, lines);
        }
        context(expected.subList(expected.size() - tail, expected.size()), false, lines);
        if (lines.size() > MOST_SHOWN) {
            int left = lines.size() - MOST_SHOWN;
            return String.join("\n", lines.subList(0, MOST_SHOWN)) + "\n  … " + left + " more lines";
        }
        return String.join("\n", lines);
    }

    /** Equal lines beside the difference: some of them, for the eye to find the place. */
    private static void context(List<String> equal, boolean isBefore, List<String> lines) {
        int shown = equal.size() > 2 * CONTEXT ? CONTEXT : equal.size();
        int hidden = equal.size() - shown;
        if (isBefore && hidden > 0) {
            lines.add("  … " + hidden + " equal lines");
        }
        equal.subList(isBefore ? hidden : 0, isBefore ? equal.size() : shown).forEach(line -> lines.add("  " + line));
        if (!isBefore && hidden > 0) {
            lines.add("  … " + hidden + " equal lines");
        }
    }

    private static void matched(List<String> expected, List<String> actual, List<String> lines) {
        int[][] common = commonSuffixes(expected, actual);
        int e = 0;
        int a = 0;
        while (e < expected.size() || a < actual.size()) {
            if (e < expected.size() && a < actual.size() && expected.get(e).equals(actual.get(a))) {
                lines.add("  " + expected.get(e++));
                a++;
            } else if (a == actual.size() || (e < expected.size() && common[e + 1][a] >= common[e][a + 1])) {
                lines.add("- " + expected.get(e++));
            } else {
                lines.add("+ " + actual.get(a++));
            }
        }
    }

    /** At [e][a] the length of the longest common subsequence of the rows from e and from a on. */
    private static int[][] commonSuffixes(List<String> expected, List<String> actual) {
        int[][] common = new int[expected.size() + 1][actual.size() + 1];
        for (int e = expected.size() - 1; e >= 0; e--) {
            for (int a = actual.size() - 1; a >= 0; a--) {
                common[e][a] = expected.get(e).equals(actual.get(a))
                        ? common[e + 1][a + 1] + 1
                        : Math.max(common[e + 1][a], common[e][a + 1]);
            }
        }
        return common;
    }
}
