package io.millrace.server.connector;

/**
 * Decodes records of one connection to rows of text, which {@link RowConverter} then converts to the stream's types.
 * Holds buffers and, with a CSV header, state: one per connection.
 */
interface RowFormat {
    /** What separates fields that may be quoted, line breaks and all; {@link RecordFramer#NO_QUOTES} for none. */
    default int quotedFieldSeparator() {
        return RecordFramer.NO_QUOTES;
    }

    /** Whether the next record names the columns, and is no row. */
    default boolean takesHeader() {
        return false;
    }

    /**
     * Decodes the record in {@code bytes[from, to)}, which is well-formed UTF-8 without its line end.
     *
     * @throws RowFormatException when it is not a row; then nothing has been added
     */
    void decode(byte[] bytes, int from, int to, TextRows rows) throws RowFormatException;
}
