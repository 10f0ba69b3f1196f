package io.millrace.shell;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 4180 with a header; NULL is an empty field, an empty text is a quoted one. */
final class CsvResultWriter implements ResultWriter {
    private final CsvWriter csv;

    CsvResultWriter(Writer out, List<ResultColumn> columns) {
        csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(out);
        csv.writeRecord(columns.stream().map(ResultColumn::label).toList());
    }

    @Override
    public void row(@Nullable String[] values) {
        csv.writeRecord(values);
    }

    @Override
    public void flush() throws IOException {
        csv.flush();
    }

    @Override
    public void end() throws IOException {
        csv.flush();
    }
}
