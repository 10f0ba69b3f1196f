package io.millrace.server.connector;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.millrace.executor.column.Batch;
import io.millrace.executor.column.Selection;
import io.millrace.plan.OutputColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV (RFC 4180); NULL is an empty field, an empty text is a quoted one. */
final class CsvEncoder implements RowEncoder {
    private final CsvWriter csv;
    private final RowTexts texts;
    private final @Nullable String[] values;

    CsvEncoder(OutputStream out, List<OutputColumn> columns, boolean header, char separator) {
        csv = CsvWriter.builder()
                .fieldSeparator(separator)
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        texts = new RowTexts(columns.stream().map(OutputColumn::type).toList());
        values = new String[columns.size()];
        if (header) {
            csv.writeRecord(columns.stream().map(OutputColumn::label).toList());
        }
    }

    @Override
    public void write(Batch rows) throws IOException {
        texts.reset(rows);
        Selection selection = rows.selection();
        int count = rows.selectedCount();
        try {
            for (int i = 0; i < count; i++) {
                int row = selection == null ? i : selection.rows()[i];
                for (int column = 0; column < values.length; column++) {
                    values[column] = texts.text(column, row);
                }
                csv.writeRecord(values);
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    @Override
    public void flush() throws IOException {
        csv.flush();
    }
}
