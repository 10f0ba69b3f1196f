package io.millrace.server.connector;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into records at line feeds; a carriage return before one is not part of the record. Of a record
 * over {@link #MAX_RECORD} bytes only the beginning is kept.
 *
 * <pre>
 * buffer   | consumed | record | next record, partly read | free |
 *                     ^start   ^scanned                   ^end
 * </pre>
 */
final class RecordFramer {
    static final int MAX_RECORD = 1 << 20;
    private static final int READ_SIZE = 64 * 1024;

    /** In place of a separator: quotes mean nothing. */
    static final int NO_QUOTES = -1;

    private final InputStream input;
    /** Of fields that may be quoted, or {@link #NO_QUOTES}. */
    private final int separator;
    /** Whether what comes last is a record also when no line feed ends it. */
    private final boolean takesOpenEnd;

    private byte[] buffer = new byte[2 * READ_SIZE];
    private int start;
    private int scanned;
    private int end;
    private boolean inQuotes;
    private boolean mayOpenQuotes = true;
    private boolean ended;
    private long line;
    private long nextLine = 1;
    private long lineBreaks;
    private long discarded;
    private long pendingDiscard;

    private int recordFrom;
    private int recordTo;

    /**
     * A line feed between double quotes belongs to the record if the format has quotes; they open at the beginning of a
     * field only.
     *
     * @param separator of the fields, or {@link #NO_QUOTES}
     */
    RecordFramer(InputStream input, int separator) {
        this(input, separator, true);
    }

    /** @param takesOpenEnd whether what comes last is a record also when no line feed ends it */
    RecordFramer(InputStream input, int separator, boolean takesOpenEnd) {
        this.takesOpenEnd = takesOpenEnd;
        this.input = input;
        this.separator = separator;
    }

    /** Moves to the next record that has been read already; false when more must be read first. */
    boolean next() {
        while (scanned < end) {
            byte at = buffer[scanned++];
            if (at == '\n') {
                lineBreaks++;
                if (!inQuotes) {
                    take(scanned - 1);
                    return true;
                }
            } else if (separator != NO_QUOTES) {
                followQuotes(at);
            }
        }
        if (inQuotes && end - start > MAX_RECORD && endAtFirstLine()) {
            return true;
        }
        if (ended && end > start && takesOpenEnd) {
            lineBreaks++;
            take(end);
            return true;
        }
        dropExcess();
        return false;
    }

    /** Whether {@link #read} would wait. */
    boolean mustWait() throws IOException {
        return !ended && input.available() == 0;
    }

    /** Reads what there is, blocking until there is something; false at the end of the input. */
    boolean read() throws IOException {
        if (ended) {
            return false;
        }
        makeRoom();
        int count = input.read(buffer, end, Math.min(READ_SIZE, buffer.length - end));
        if (count < 0) {
            ended = true;
            return end > start;
        }
        end += count;
        return true;
    }

    byte[] buffer() {
        return buffer;
    }

    int from() {
        return recordFrom;
    }

    int to() {
        return recordTo;
    }

    /** The number of the record's first line, from 1. */
    long line() {
        return line;
    }

    /** Why the record is not whole; null when it is. */
    @Nullable
    String excess() {
        return discarded == 0
                ? null
                : "the line has " + (MAX_RECORD + discarded) + " bytes, more than the limit of " + MAX_RECORD;
    }

    /** A quote opens at the beginning of a field and, being doubled, right after it has closed. */
    private void followQuotes(byte at) {
        if (inQuotes) {
            inQuotes = at != '"';
            mayOpenQuotes = !inQuotes;
            return;
        }
        inQuotes = at == '"' && mayOpenQuotes;
        mayOpenQuotes = at == separator;
    }

    /** A quote that nobody closes must not swallow all that follows: its record ends with its first line. */
    private boolean endAtFirstLine() {
        for (int at = start; at < end; at++) {
            if (buffer[at] == '\n') {
                scanned = at + 1;
                lineBreaks = 1;
                take(at);
                return true;
            }
        }
        return false;
    }

    private void take(int to) {
        discarded = pendingDiscard;
        pendingDiscard = 0;
        recordFrom = start;
        recordTo = to > start && discarded == 0 && buffer[to - 1] == '\r' ? to - 1 : to;
        if (recordTo - recordFrom > MAX_RECORD) {
            discarded += recordTo - recordFrom - MAX_RECORD;
            recordTo = recordFrom + MAX_RECORD;
        }
        start = Math.min(scanned, end);
        inQuotes = false;
        mayOpenQuotes = true;
        line = nextLine;
        nextLine += lineBreaks;
        lineBreaks = 0;
    }

    /** Of a record that is too long already, only the first bytes are worth their memory. */
    private void dropExcess() {
        int excess = end - start - MAX_RECORD;
        if (excess > 0) {
            pendingDiscard += excess;
            end -= excess;
            scanned = end;
        }
    }

    private void makeRoom() {
        if (buffer.length - end >= READ_SIZE) {
            return;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            scanned -= start;
            end -= start;
            start = 0;
        }
        if (buffer.length - end < READ_SIZE) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }
}
