package io.millrace.executor.function;

import java.util.ArrayDeque;
import java.util.Deque;

/** About how many instructions a pattern compiles to, without compiling it: nested counts multiply. */
final class RegexSize {
    /** Far above any limit, so that products do not overflow. */
    private static final long ENOUGH = 1L << 31;

    private final String pattern;
    private int at;
    /** Of the group that is open: all of it, and its last atom, to which a repetition belongs. */
    private long total;

    private long last;

    private RegexSize(String pattern) {
        this.pattern = pattern;
    }

    static long estimate(String pattern) {
        return new RegexSize(pattern).scan();
    }

    private long scan() {
        Deque<Long> outer = new ArrayDeque<>();
        while (at < pattern.length()) {
            char character = pattern.charAt(at++);
            switch (character) {
                case '\\' -> {
                    at++;
                    atom(1);
                }
                case '[' -> {
                    skipClass();
                    atom(1);
                }
                case '(' -> {
                    outer.push(total);
                    total = 0;
                }
                case ')' -> {
                    long group = total;
                    total = outer.isEmpty() ? 0 : outer.pop();
                    atom(group + 2);
                }
                case '{' -> repeat();
                default -> atom(1);
            }
        }
        return outer.stream().reduce(total, Long::sum);
    }

    private void atom(long size) {
        last = size;
        total = Math.min(ENOUGH, total + size);
    }

    private void skipClass() {
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        // the first bracket belongs to the class
        for (int start = at; at < pattern.length() && (pattern.charAt(at) != ']' || at == start); at++) {
            if (pattern.charAt(at) == '\\') {
                at++;
            }
        }
        at++;
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}}; anything else is a brace. */
    private void repeat() {
        long[] counts = new long[2];
        int index = 0;
        int end = at;
        for (; end < pattern.length() && pattern.charAt(end) != '}'; end++) {
            char character = pattern.charAt(end);
            if (character == ',' && index == 0) {
                index = 1;
            } else if (character >= '0' && character <= '9') {
                counts[index] = Math.min(ENOUGH, counts[index] * 10 + character - '0');
            } else {
                atom(1);
                return;
            }
        }
        at = end + 1;
        long count = Math.max(1, Math.max(counts[0], counts[1]));
        long repeated = Math.min(ENOUGH, last * Math.min(ENOUGH / Math.max(1, last) + 1, count));
        total = Math.min(ENOUGH, total - last + repeated);
        last = repeated;
    }
}
