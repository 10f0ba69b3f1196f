package io.millrace.server.connector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.millrace.catalog.StreamDefinition;
import io.millrace.executor.column.ColumnBuilder;
import io.millrace.plan.DataType;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A line is a JSON object, mapped by the names of its members; others are ignored, missing ones are NULL. A number in a
 * timestamp column is milliseconds since the epoch; an object or array in a character column is kept as its text.
 */
final class JsonFormat implements RowFormat {
    private static final int MAX_DEPTH = 100;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final StreamDefinition stream;
    private final Map<String, Integer> columnOfName = new HashMap<>();

    JsonFormat(StreamDefinition stream) {
        this.stream = stream;
        for (int i = 0; i < stream.columns().size(); i++) {
            columnOfName.put(key(stream.columns().get(i).name()), i);
        }
    }

    @Override
    public void decode(byte[] bytes, int from, int to, TextRows rows) throws RowFormatException {
        if (from == to) {
            return;
        }
        int row = rows.rowCount();
        try (JsonParser parser = FACTORY.createParser(bytes, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RowFormatException("the line is not a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                readMember(parser, bytes, from, row, rows);
            }
            if (parser.nextToken() != null) {
                throw new RowFormatException("text follows the JSON object");
            }
        } catch (JsonProcessingException malformed) {
            throw new RowFormatException("malformed JSON: " + malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new RowFormatException("malformed JSON: " + impossible.getMessage());
        }
        for (int column = 0; column < stream.columns().size(); column++) {
            if (rows.field(column).size() == row) {
                rows.field(column).appendNull();
            }
        }
    }

    private void readMember(JsonParser parser, byte[] bytes, int from, int row, TextRows rows)
            throws IOException, RowFormatException {
        String name = parser.currentName();
        Integer column = columnOfName.get(key(name));
        JsonToken token = parser.nextToken();
        if (column == null) {
            parser.skipChildren();
            return;
        }
        ColumnBuilder field = rows.field(column);
        if (field.size() > row) {
            throw new RowFormatException("member \"" + name + "\" occurs twice");
        }
        DataType type = stream.columns().get(column).type();
        switch (token) {
            case VALUE_NULL -> field.appendNull();
            case START_OBJECT, START_ARRAY -> appendNested(parser, bytes, from, name, type, field);
            case VALUE_NUMBER_INT -> field.appendValue(type.isTimestamp() ? timestamp(parser, type) : parser.getText());
            default -> field.appendValue(parser.getText());
        }
    }

    private static void appendNested(
            JsonParser parser, byte[] bytes, int from, String name, DataType type, ColumnBuilder field)
            throws IOException, RowFormatException {
        if (!type.isCharacter()) {
            throw new RowFormatException("member \"" + name + "\" is nested, but its column is " + type);
        }
        int begin = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        field.appendBytes(bytes, from + begin, end - begin);
    }

    private static String timestamp(JsonParser parser, DataType type) throws IOException {
        Instant instant = Instant.ofEpochMilli(parser.getLongValue());
        String local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
        return type.kind() == DataType.Kind.TIMESTAMP_LTZ ? local + "Z" : local;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
