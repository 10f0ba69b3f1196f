package io.millrace.server.connector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Selection;
import io.millrace.plan.DataType;
import io.millrace.plan.OutputColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON object per line; numbers are numbers, but for NaN and the infinities, which JSON has only as texts. */
final class JsonEncoder implements RowEncoder {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;
    private final List<OutputColumn> columns;
    private final RowTexts texts;

    JsonEncoder(OutputStream out, List<OutputColumn> columns) throws IOException {
        this.columns = List.copyOf(columns);
        texts = new RowTexts(columns.stream().map(OutputColumn::type).toList());
        json = FACTORY.createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void write(Batch rows) throws IOException {
        texts.reset(rows);
        Selection selection = rows.selection();
        int count = rows.selectedCount();
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection.rows()[i];
            json.writeStartObject();
            for (int column = 0; column < columns.size(); column++) {
                json.writeFieldName(columns.get(column).label());
                write(texts.text(column, row), columns.get(column).type());
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private void write(@Nullable String value, DataType type) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (type.isNumeric() && isFinite(value)) {
            json.writeNumber(value);
        } else if (type.kind() == DataType.Kind.BOOLEAN) {
            json.writeBoolean(Boolean.parseBoolean(value));
        } else {
            json.writeString(value);
        }
    }

    private static boolean isFinite(String number) {
        char last = number.charAt(number.length() - 1);
        return last >= '0' && last <= '9';
    }

    @Override
    public void flush() throws IOException {
        json.flush();
    }
}
