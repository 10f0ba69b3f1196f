package io.millrace.executor.function;

/** TRIM, LTRIM and RTRIM. */
final class Trimming {
    private Trimming() {}

    /** Without a second argument blanks are removed, else all characters that occur in it. */
    static void append(Operand[] x, int row, boolean atStart, boolean atEnd, TextBuffer out) {
        Operand text = x[0];
        byte[] bytes = text.bytes;
        int start = text.start(row);
        int end = text.end(row);
        if (x.length < 2) {
            start = atStart ? Utf8.trimmedStart(bytes, start, end) : start;
            end = atEnd ? Utf8.trimmedEnd(bytes, start, end) : end;
            out.append(bytes, start, end);
            return;
        }
        while (atStart && start < end) {
            int next = Utf8.next(bytes, start, end);
            if (!contains(x[1], row, bytes, start, next)) {
                break;
            }
            start = next;
        }
        while (atEnd && start < end) {
            int previous = Utf8.previous(bytes, end, start);
            if (!contains(x[1], row, bytes, previous, end)) {
                break;
            }
            end = previous;
        }
        out.append(bytes, start, end);
    }

    private static boolean contains(Operand set, int row, byte[] bytes, int start, int end) {
        return Utf8.indexOf(set.bytes, set.start(row), set.end(row), bytes, start, end) >= 0;
    }
}
