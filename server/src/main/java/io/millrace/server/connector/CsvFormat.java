package io.millrace.server.connector;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.millrace.catalog.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180). Columns map by the names in the header, which is the first record of a connection, or in order with
 * {@code header = 'false'}. An empty field is NULL, an empty quoted field the empty string.
 */
final class CsvFormat implements RowFormat {
    private static final int LAST_ASCII = 127;

    private final StreamDefinition stream;
    private final char separator;
    private final CsvReader.CsvReaderBuilder reader;
    private final Fields fields = new Fields();
    /** For each field of a record the stream's column, -1 for none; null until the header has come. */
    private int @Nullable [] columnOfField;

    private CsvFormat(StreamDefinition stream, boolean header, char separator) {
        this.stream = stream;
        this.separator = separator;
        this.reader = CsvReader.builder().fieldSeparator(separator).skipEmptyLines(false);
        if (!header) {
            columnOfField = new int[stream.columns().size()];
            java.util.Arrays.setAll(columnOfField, i -> i);
        }
    }

    static CsvFormat of(StreamDefinition stream, ConnectorOptions options) {
        return new CsvFormat(stream, options.flag("header", true), separator(options));
    }

    /** Between the fields. */
    static char separator(ConnectorOptions options) {
        String separator = options.optional("separator");
        if (separator != null
                && (separator.length() != 1 || separator.charAt(0) > LAST_ASCII || "\"\r\n".contains(separator))) {
            throw options.invalid("option 'separator' must be one ASCII character other than a quote or a line break");
        }
        return separator == null ? ',' : separator.charAt(0);
    }

    @Override
    public int quotedFieldSeparator() {
        return separator;
    }

    @Override
    public boolean takesHeader() {
        return columnOfField == null;
    }

    @Override
    public void decode(byte[] bytes, int from, int to, TextRows rows) throws RowFormatException {
        if (from == to) {
            return;
        }
        List<@Nullable String> record = parse(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        int[] mapping = columnOfField;
        if (mapping == null) {
            columnOfField = readHeader(record);
            return;
        }
        if (record.size() != mapping.length) {
            throw new RowFormatException(
                    "the record has " + record.size() + " fields, but " + mapping.length + " are expected");
        }
        int row = rows.rowCount();
        for (int i = 0; i < mapping.length; i++) {
            String value = record.get(i);
            if (mapping[i] >= 0) {
                rows.field(mapping[i]).appendValue(value);
            }
        }
        for (int column = 0; column < stream.columns().size(); column++) {
            if (rows.field(column).size() == row) {
                rows.field(column).appendNull();
            }
        }
    }

    private List<@Nullable String> parse(String text) throws RowFormatException {
        try {
            return reader.ofSingleCsvRecord(fields, text);
        } catch (CsvParseException malformed) {
            throw new RowFormatException("malformed CSV: " + malformed.getMessage());
        }
    }

    private int[] readHeader(List<@Nullable String> header) throws RowFormatException {
        int[] mapping = new int[header.size()];
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < mapping.length; i++) {
            String name = header.get(i);
            mapping[i] = name == null ? -1 : column(name.strip());
            if (mapping[i] >= 0 && !seen.add(mapping[i])) {
                throw new RowFormatException("the header names column \"" + name + "\" twice");
            }
        }
        if (seen.isEmpty()) {
            throw new RowFormatException("the header names no column of stream \"" + stream.name()
                    + "\"; without a header, set header = 'false'");
        }
        return mapping;
    }

    private int column(String name) {
        for (int i = 0; i < stream.columns().size(); i++) {
            if (stream.columns().get(i).name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    /** Collects the fields of a record and tells an empty field from an empty quoted one. */
    private static final class Fields extends AbstractBaseCsvCallbackHandler<List<@Nullable String>> {
        private List<@Nullable String> values = new ArrayList<>();

        @Override
        protected void handleBegin(long startingLineNumber) {
            values = new ArrayList<>();
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            values.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
        }

        @Override
        protected List<@Nullable String> buildRecord() {
            return values;
        }
    }
}
