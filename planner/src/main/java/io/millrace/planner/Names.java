package io.millrace.planner;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what a mistyped name may have meant. */
final class Names {
    private Names() {}

    /** The name with the fewest edits, if these are few for its length. */
    static @Nullable String nearest(String typed, Collection<String> names) {
        String best = null;
        int fewest = Math.max(1, typed.length() / 3) + 1;
        for (String name : names) {
            int edits = edits(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT), fewest);
            if (edits < fewest) {
                fewest = edits;
                best = name;
            }
        }
        return best;
    }

    /** Insertions, deletions, changes and swaps of neighbours; {@code limit} when there are as many or more. */
    private static int edits(String a, String b, int limit) {
        if (Math.abs(a.length() - b.length()) >= limit) {
            return limit;
        }
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(a, b, i, j, cost);
            }
        }
        return Math.min(limit, cost[a.length()][b.length()]);
    }

    private static int cheapest(String a, String b, int i, int j, int[][] cost) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
