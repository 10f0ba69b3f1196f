package io.millrace.shell;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object per line; numbers are numbers, but for NaN and the infinities, which JSON has only as texts. */
final class JsonResultWriter implements ResultWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final List<ResultColumn> columns;
    private final JsonGenerator json;

    JsonResultWriter(Writer out, List<ResultColumn> columns) throws IOException {
        this.columns = columns;
        json = FACTORY.createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void row(@Nullable String[] values) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            ResultColumn column = columns.get(i);
            String value = values[i];
            json.writeFieldName(column.label());
            if (value == null) {
                json.writeNull();
            } else if (column.isNumber() && isFinite(value)) {
                json.writeNumber(value);
            } else if (column.isBoolean()) {
                json.writeBoolean(Boolean.parseBoolean(value));
            } else {
                json.writeString(value);
            }
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    @Override
    public void flush() throws IOException {
        json.flush();
    }

    @Override
    public void end() throws IOException {
        json.flush();
    }

    private static boolean isFinite(String number) {
        char last = number.charAt(number.length() - 1);
        return last >= '0' && last <= '9';
    }
}
