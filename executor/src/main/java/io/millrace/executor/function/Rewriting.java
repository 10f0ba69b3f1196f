package io.millrace.executor.function;

import io.millrace.executor.work.QueryScope;

/** Functions that write a string anew. */
final class Rewriting {
    private static final byte[] BLANK = {' '};

    private Rewriting() {}

    static void replace(Operand[] x, int row, TextBuffer out) {
        Operand text = x[0];
        Operand search = x[1];
        Operand replacement = x[2];
        int at = text.start(row);
        int length = search.length(row);
        while (length > 0) {
            int found = TextFunctions.indexOf(text, at, search, row);
            if (found < 0) {
                break;
            }
            out.append(text.bytes, at, found);
            out.append(replacement.bytes, replacement.start(row), replacement.end(row));
            at = found + length;
        }
        out.append(text.bytes, at, text.end(row));
    }

    /** A character of the second argument becomes the one at its place in the third, or is dropped. */
    static void translate(Operand[] x, int row, TextBuffer out) {
        byte[] bytes = x[0].bytes;
        int end = x[0].end(row);
        Operand from = x[1];
        Operand to = x[2];
        for (int at = x[0].start(row), next; at < end; at = next) {
            next = Utf8.next(bytes, at, end);
            QueryScope.checkRow(at);
            int found = Utf8.indexOf(from.bytes, from.start(row), from.end(row), bytes, at, next);
            if (found < 0) {
                out.append(bytes, at, next);
                continue;
            }
            int index = Utf8.length(from.bytes, from.start(row), found);
            int target = Utf8.offset(to.bytes, to.start(row), to.end(row), index);
            if (target < to.end(row)) {
                out.append(to.bytes, target, Utf8.next(to.bytes, target, to.end(row)));
            }
        }
    }

    static void repeat(Operand[] x, int row, TextBuffer out) {
        long count = x[1].longAt(row);
        int length = x[0].length(row);
        if (count <= 0 || length == 0) {
            return;
        }
        if (count > TextBuffer.MAX_VALUE / length) {
            throw EvaluationErrors.textTooLong();
        }
        for (long i = 0; i < count; i++) {
            out.append(x[0].bytes, x[0].start(row), x[0].end(row));
        }
    }

    static void reverse(Operand[] x, int row, TextBuffer out) {
        byte[] bytes = x[0].bytes;
        int start = x[0].start(row);
        for (int end = x[0].end(row); end > start; ) {
            int previous = Utf8.previous(bytes, end, start);
            out.append(bytes, previous, end);
            end = previous;
        }
    }

    /** Fills up to a number of characters with a pattern (blanks without one), or cuts to it. */
    static void pad(Operand[] x, int row, boolean left, TextBuffer out) {
        Operand text = x[0];
        long wanted = Math.max(0, x[1].longAt(row));
        if (wanted > TextBuffer.MAX_VALUE) {
            throw EvaluationErrors.textTooLong();
        }
        int start = text.start(row);
        int end = text.end(row);
        int length = Utf8.length(text.bytes, start, end);
        if (length >= wanted) {
            out.append(text.bytes, start, Utf8.offset(text.bytes, start, end, wanted));
            return;
        }
        if (!left) {
            out.append(text.bytes, start, end);
        }
        boolean blanks = x.length < 3;
        fill(
                blanks ? BLANK : x[2].bytes,
                blanks ? 0 : x[2].start(row),
                blanks ? 1 : x[2].end(row),
                wanted - length,
                out);
        if (left) {
            out.append(text.bytes, start, end);
        }
    }

    private static void fill(byte[] pattern, int start, int end, long characters, TextBuffer out) {
        int length = Utf8.length(pattern, start, end);
        if (length == 0) {
            return;
        }
        for (long left = characters; left > 0; left -= length) {
            out.append(pattern, start, left >= length ? end : Utf8.offset(pattern, start, end, left));
        }
    }
}
