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

    private final InputStream input;
    private final boolean quotedLineBreaks;

    private byte[] buffer = new byte[2 * READ_SIZE];
    private int start;
    private int scanned;
    private int end;
    private boolean inQuotes;
    private boolean ended;
    private long line;
    private long nextLine = 1;
    private long lineBreaks;
    private long discarded;
    private long pendingDiscard;

    private int recordFrom;
    private int recordTo;

    /** @param quotedLineBreaks whether a line feed between double quotes belongs to the record */
    RecordFramer(InputStream input, boolean quotedLineBreaks) {
        this.input = input;
        this.quotedLineBreaks = quotedLineBreaks;
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
            } else if (at == '"' && quotedLineBreaks) {
                inQuotes = !inQuotes;
            }
        }
        if (ended && end > start) {
            lineBreaks++;
            take(end);
            return true;
        }
        dropExcess();
        return false;
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
