package io.millrace.shell;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes each value in a line of its own, behind the name of its column. */
final class ExpandedResultWriter implements ResultWriter {
    private final Writer out;
    private final List<String> labels;
    private final int width;

    private long rows;

    ExpandedResultWriter(Writer out, List<ResultColumn> columns) {
        this.out = out;
        this.labels = columns.stream()
                .map(column -> CellText.printable(column.label()))
                .toList();
        this.width = labels.stream().mapToInt(CellText::width).max().orElse(0);
    }

    @Override
    public void row(@Nullable String[] values) throws IOException {
        out.append("-[ row " + ++rows + " ]" + "-".repeat(Math.max(1, width - 2)))
                .append('\n');
        for (int i = 0; i < values.length; i++) {
            String label = labels.get(i);
            String value = values[i];
            out.append(label)
                    .append(" ".repeat(width - CellText.width(label)))
                    .append(" | ")
                    .append(value == null ? "NULL" : CellText.printable(value))
                    .append('\n');
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
