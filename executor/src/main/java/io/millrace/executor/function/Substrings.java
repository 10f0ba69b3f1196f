package io.millrace.executor.function;

/** Functions that take parts of a string. */
final class Substrings {
    private Substrings() {}

    static void substring(Operand[] x, int row, TextBuffer out) {
        Operand text = x[0];
        long first = x[1].longAt(row);
        long from = Math.max(first, 1) - 1;
        int start = Utf8.offset(text.bytes, text.start(row), text.end(row), from);
        int end = text.end(row);
        if (x.length > 2) {
            end = Utf8.offset(text.bytes, start, end, afterLast(first, x[2].longAt(row)) - from);
        }
        out.append(text.bytes, start, end);
    }

    static void substringBytes(Operand[] x, int row, TextBuffer out) {
        Operand text = x[0];
        long first = x[1].longAt(row);
        long length = text.length(row);
        long from = Math.min(Math.max(first, 1) - 1, length);
        long to = x.length > 2 ? Math.min(afterLast(first, x[2].longAt(row)), length) : length;
        int start = text.start(row);
        out.append(text.bytes, start + (int) from, start + (int) Math.max(from, to));
    }

    /** How many characters from the start the last taken one ends. */
    private static long afterLast(long first, long length) {
        if (length < 0) {
            throw EvaluationErrors.invalidArgument("negative substring length not allowed");
        }
        long end = first - 1 + length;
        return ((first ^ end) & (length ^ end)) < 0 && first > 0 ? Long.MAX_VALUE : end;
    }

    static void left(Operand[] x, int row, TextBuffer out) {
        Operand text = x[0];
        int start = text.start(row);
        out.append(text.bytes, start, Utf8.offset(text.bytes, start, text.end(row), x[1].longAt(row)));
    }

    static void right(Operand[] x, int row, TextBuffer out) {
        Operand text = x[0];
        int start = text.start(row);
        int end = text.end(row);
        long skipped = Utf8.length(text.bytes, start, end) - Math.max(0, x[1].longAt(row));
        out.append(text.bytes, Utf8.offset(text.bytes, start, end, skipped), end);
    }

    static void overlay(Operand[] x, int row, TextBuffer out) {
        Operand text = x[0];
        Operand replacement = x[1];
        long first = x[2].longAt(row);
        if (first < 1) {
            throw EvaluationErrors.invalidArgument("OVERLAY from position " + first);
        }
        long length = x.length > 3
                ? x[3].longAt(row)
                : Utf8.length(replacement.bytes, replacement.start(row), replacement.end(row));
        int start = text.start(row);
        int end = text.end(row);
        out.append(text.bytes, start, Utf8.offset(text.bytes, start, end, first - 1));
        out.append(replacement.bytes, replacement.start(row), replacement.end(row));
        out.append(text.bytes, Utf8.offset(text.bytes, start, end, afterLast(first, length)), end);
    }

    /** A negative number counts from the last part; there is no part 0. */
    static void splitPart(Operand[] x, int row, TextBuffer out) {
        Operand text = x[0];
        Operand delimiter = x[1];
        long number = x[2].longAt(row);
        if (number == 0) {
            return;
        }
        if (delimiter.length(row) == 0) {
            if (number == 1 || number == -1) {
                out.append(text.bytes, text.start(row), text.end(row));
            }
            return;
        }
        long wanted = number;
        if (number < 0) {
            wanted = parts(text, delimiter, row) + number + 1;
            if (wanted < 1) {
                return;
            }
        }
        int start = text.start(row);
        for (long part = 1; ; part++) {
            int found = TextFunctions.indexOf(text, start, delimiter, row);
            if (part == wanted) {
                out.append(text.bytes, start, found < 0 ? text.end(row) : found);
                return;
            }
            if (found < 0) {
                return;
            }
            start = found + delimiter.length(row);
        }
    }

    /** False when there is no such part. */
    static boolean splitItem(Operand[] x, int row, TextBuffer out) {
        long number = x[2].longAt(row);
        if (number < 1 || number > splitCount(x, row)) {
            return false;
        }
        splitPart(x, row, out);
        return true;
    }

    /** An empty text has no parts, and an empty delimiter splits nothing. */
    static long splitCount(Operand[] x, int row) {
        if (x[0].length(row) == 0) {
            return 0;
        }
        return x[1].length(row) == 0 ? 1 : parts(x[0], x[1], row);
    }

    private static long parts(Operand text, Operand delimiter, int row) {
        long parts = 1;
        int at = TextFunctions.indexOf(text, text.start(row), delimiter, row);
        while (at >= 0) {
            parts++;
            at = TextFunctions.indexOf(text, at + delimiter.length(row), delimiter, row);
        }
        return parts;
    }
}
