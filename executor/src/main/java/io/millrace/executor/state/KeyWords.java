package io.millrace.executor.state;

import io.millrace.executor.column.Column;

/** The keys of up to {@link Column#MAX_ROWS} rows as words, word by word, with their hashes. Reusable. */
public final class KeyWords {
    private final long[][] words;
    private final int[] hashes = new int[Column.MAX_ROWS];

    public KeyWords(int width) {
        words = new long[width][Column.MAX_ROWS];
    }

    int width() {
        return words.length;
    }

    /** Word {@code word} of each key. */
    long[] words(int word) {
        return words[word];
    }

    int[] hashes() {
        return hashes;
    }

    /** Takes the keys of {@code count} groups of a table, from {@code first} on. */
    public void load(GroupTable table, int first, int count) {
        for (int i = 0; i < count; i++) {
            long[] page = table.page(first + i);
            int at = table.at(first + i);
            for (int word = 0; word < words.length; word++) {
                words[word][i] = page[at + word];
            }
        }
        hash(count);
    }

    /** Puts the words of one key side by side. */
    public void copy(int key, long[] to) {
        for (int word = 0; word < words.length; word++) {
            to[word] = words[word][key];
        }
    }

    /** Takes one key whose words lie side by side; {@link #hash(int)} is to follow when all are there. */
    public void put(int key, long[] from) {
        for (int word = 0; word < words.length; word++) {
            words[word][key] = from[word];
        }
    }

    /** The hash of one key whose words lie side by side. */
    static int hash(long[] page, int at, int width) {
        if (width == 1) {
            return Hashing.fold(Hashing.mix(page[at]));
        }
        if (width == 2) {
            return Hashing.fold(Hashing.mix(Hashing.mix(page[at]), page[at + 1]));
        }
        long hash = 0;
        for (int word = 0; word < width; word++) {
            hash = Hashing.mix(hash, page[at + word]);
        }
        return Hashing.fold(hash);
    }

    /** Computes the hashes of the first {@code count} keys from their words. */
    public void hash(int count) {
        if (words.length == 0) {
            return;
        }
        if (words.length == 1) {
            long[] only = words[0];
            for (int i = 0; i < count; i++) {
                hashes[i] = Hashing.fold(Hashing.mix(only[i]));
            }
            return;
        }
        if (words.length == 2) {
            long[] first = words[0];
            long[] second = words[1];
            for (int i = 0; i < count; i++) {
                hashes[i] = Hashing.fold(Hashing.mix(Hashing.mix(first[i]), second[i]));
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            long hash = 0;
            for (long[] word : words) {
                hash = Hashing.mix(hash, word[i]);
            }
            hashes[i] = Hashing.fold(hash);
        }
    }
}
