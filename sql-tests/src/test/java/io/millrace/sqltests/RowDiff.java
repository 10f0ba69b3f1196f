package io.millrace.sqltests;

import java.util.ArrayList;
import java.util.List;

/** The difference between two lists of rows: {@code -} is missing, {@code +} was not expected. */
final class RowDiff {
    private RowDiff() {}

    static String of(List<String> expected, List<String> actual) {
        int[][] common = commonSuffixes(expected, actual);
        List<String> lines = new ArrayList<>();
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
        return String.join("\n", lines);
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
