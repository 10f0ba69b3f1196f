package io.millrace.executor.function;

import io.millrace.executor.work.QueryScope;

/**
 * Matches a LIKE pattern of any form, segment by segment:
 *
 * <pre>
 * ab_  %  cd  %  e_f  %  gh
 * ^ at the start         ^ at the end
 *         ^ in between each at the first place after the one before: a later place is never better
 * </pre>
 *
 * Linear in the length of the text, but for segments with {@code _}, each of which costs the product of both lengths.
 */
final class LikeMatcher {
    static final short ANY_CHARACTER = 256;
    static final short ANY_STRING = 257;

    /** Between two questions whether to go on. */
    private static final int STEPS = 1 << 20;

    private final short[] tokens;

    /** By the token at which a segment begins: its bytes up to the first {@code _}. */
    private final byte[][] literals;

    /** @param tokens bytes of literals, as 0 to 255, and the wildcards; never two ANY_STRING in a row */
    LikeMatcher(short[] tokens) {
        this.tokens = tokens;
        literals = new byte[tokens.length + 1][];
        for (int token = 1; token < tokens.length; token++) {
            if (tokens[token - 1] == ANY_STRING) {
                literals[token] = literalAt(token);
            }
        }
    }

    private byte[] literalAt(int from) {
        int to = from;
        while (to < tokens.length && tokens[to] < ANY_CHARACTER) {
            to++;
        }
        byte[] literal = new byte[to - from];
        for (int i = 0; i < literal.length; i++) {
            literal[i] = (byte) tokens[from + i];
        }
        return literal;
    }

    boolean matches(byte[] bytes, int start, int end) {
        int token = segmentEnd(0);
        int at = match(bytes, start, end, 0, token);
        if (at < 0 || token == tokens.length) {
            return at == end;
        }
        for (int from = token + 1; from < tokens.length; from = token + 1) {
            token = segmentEnd(from);
            if (token == tokens.length) {
                return matchesEnd(bytes, at, end, from);
            }
            at = find(bytes, at, end, from, token);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    private int segmentEnd(int from) {
        int token = from;
        while (token < tokens.length && tokens[token] != ANY_STRING) {
            token++;
        }
        return token;
    }

    /** Returns where a segment that begins at {@code start} ends; -1 when it does not match there. */
    private int match(byte[] bytes, int start, int end, int from, int to) {
        int at = start;
        for (int token = from; token < to; token++) {
            if (at >= end) {
                return -1;
            }
            if (tokens[token] == ANY_CHARACTER) {
                at = Utf8.next(bytes, at, end);
            } else if (tokens[token] == (bytes[at] & 0xFF)) {
                at++;
            } else {
                return -1;
            }
        }
        return at;
    }

    /** Returns where the first occurrence of a segment ends; -1 when there is none. */
    private int find(byte[] bytes, int start, int end, int from, int to) {
        byte[] literal = literals[from];
        int steps = 0;
        int at = start;
        while (at <= end) {
            int found = Utf8.indexOf(bytes, at, end, literal, 0, literal.length);
            if (found < 0) {
                return -1;
            }
            int matched = match(bytes, found + literal.length, end, from + literal.length, to);
            if (matched >= 0) {
                return matched;
            }
            at = Utf8.next(bytes, found, end);
            steps += to - from;
            if (steps > STEPS) {
                steps = 0;
                QueryScope.check();
            }
        }
        return -1;
    }

    /** Whether the last segment ends where the text does. */
    private boolean matchesEnd(byte[] bytes, int start, int end, int from) {
        int at = end;
        for (int token = tokens.length - 1; token >= from; token--) {
            if (at <= start) {
                return false;
            }
            if (tokens[token] == ANY_CHARACTER) {
                at = Utf8.previous(bytes, at, start);
            } else if (tokens[token] != (bytes[--at] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
