package io.millrace.executor.state;

import io.millrace.executor.work.QueryScope;

/**
 * Sorts indexes, stably, by a number that stands beside each and, where those are equal, by a comparison. Merge sort: a
 * run that is in order already costs one pass. Keeps its scratch memory.
 */
public final class IndexSorter {
    private static final int INSERTION_RUN = 12;

    /** A merge of so many takes a few milliseconds at most. */
    private static final int CHECKED = 8_192;

    private long[] prefixScratch = new long[0];
    private int[] indexScratch = new int[0];

    /** Compares two indexes whose prefixes are equal. */
    @FunctionalInterface
    public interface Tie {
        int compare(int left, int right);
    }

    /** The bits of a double as a number in the order of the doubles, NaN last. */
    public static long sortable(long bits) {
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    public void sort(long[] prefixes, int[] indexes, int count, Tie tie) {
        if (prefixScratch.length < count || (prefixScratch.length > 4096 && count < prefixScratch.length / 16)) {
            prefixScratch = new long[count];
            indexScratch = new int[count];
        }
        sort(prefixes, indexes, 0, count, tie);
    }

    /** The bytes of scratch memory. */
    public long bytes() {
        return prefixScratch.length * 12L;
    }

    private void sort(long[] prefixes, int[] indexes, int from, int to, Tie tie) {
        if (to - from <= INSERTION_RUN) {
            insertionSort(prefixes, indexes, from, to, tie);
            return;
        }
        int middle = (from + to) >>> 1;
        sort(prefixes, indexes, from, middle, tie);
        sort(prefixes, indexes, middle, to, tie);
        if (!isAfter(prefixes[middle - 1], indexes[middle - 1], prefixes[middle], indexes[middle], tie)) {
            return;
        }
        if (to - from > CHECKED) {
            QueryScope.check();
        }
        int leftCount = middle - from;
        System.arraycopy(prefixes, from, prefixScratch, 0, leftCount);
        System.arraycopy(indexes, from, indexScratch, 0, leftCount);
        int left = 0;
        int right = middle;
        int out = from;
        while (left < leftCount && right < to) {
            boolean takeRight = isAfter(prefixScratch[left], indexScratch[left], prefixes[right], indexes[right], tie);
            prefixes[out] = takeRight ? prefixes[right] : prefixScratch[left];
            indexes[out++] = takeRight ? indexes[right++] : indexScratch[left++];
        }
        System.arraycopy(prefixScratch, left, prefixes, out, leftCount - left);
        System.arraycopy(indexScratch, left, indexes, out, leftCount - left);
    }

    private static void insertionSort(long[] prefixes, int[] indexes, int from, int to, Tie tie) {
        for (int i = from + 1; i < to; i++) {
            long prefix = prefixes[i];
            int index = indexes[i];
            int at = i;
            while (at > from && isAfter(prefixes[at - 1], indexes[at - 1], prefix, index, tie)) {
                prefixes[at] = prefixes[at - 1];
                indexes[at] = indexes[at - 1];
                at--;
            }
            prefixes[at] = prefix;
            indexes[at] = index;
        }
    }

    private static boolean isAfter(long leftPrefix, int left, long rightPrefix, int right, Tie tie) {
        return leftPrefix != rightPrefix ? leftPrefix > rightPrefix : tie.compare(left, right) > 0;
    }
}
