package io.millrace.server.connector;

import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.column.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A line is a row of one column or, with {@code split}, each word of it is; empty words are dropped. */
final class TextFormat implements RowFormat {
    private final byte @Nullable [] separator;

    private TextFormat(byte @Nullable [] separator) {
        this.separator = separator;
    }

    static TextFormat of(StreamDefinition stream, ConnectorOptions options) {
        if (stream.columns().size() != 1) {
            throw options.invalid("format 'text' fills one column, but the stream has "
                    + stream.columns().size() + "; use 'csv' or 'json'");
        }
        String split = options.optional("split");
        if (split != null && split.isEmpty()) {
            throw options.invalid("option 'split' is empty");
        }
        return new TextFormat(split == null ? null : split.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void decode(byte[] bytes, int from, int to, TextRows rows) {
        ColumnBuilder column = rows.field(0);
        byte[] between = separator;
        if (between == null) {
            column.appendBytes(bytes, from, to - from);
            return;
        }
        int word = from;
        int at = from;
        while (at < to) {
            if (bytes[at] == between[0] && startsWith(between, bytes, at, to)) {
                appendWord(column, bytes, word, at);
                at += between.length;
                word = at;
            } else {
                at++;
            }
        }
        appendWord(column, bytes, word, to);
    }

    private static void appendWord(ColumnBuilder column, byte[] bytes, int from, int to) {
        if (to > from) {
            column.appendBytes(bytes, from, to - from);
        }
    }

    private static boolean startsWith(byte[] prefix, byte[] bytes, int at, int to) {
        if (to - at < prefix.length) {
            return false;
        }
        for (int i = 1; i < prefix.length; i++) {
            if (bytes[at + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
