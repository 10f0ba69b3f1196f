package io.millrace.shell;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** How the shell shows results; changed by its commands. */
final class ShellSettings {
    private OutputFormat format;
    private long maxRows;
    private boolean isTimed;
    private boolean isExpanded;

    /** @param maxRows 0 for all */
    ShellSettings(OutputFormat format, long maxRows) {
        this.format = format;
        this.maxRows = maxRows;
    }

    OutputFormat format() {
        return format;
    }

    void setFormat(OutputFormat format) {
        this.format = format;
    }

    long maxRows() {
        return maxRows;
    }

    void setMaxRows(long maxRows) {
        this.maxRows = maxRows;
    }

    boolean isTimed() {
        return isTimed;
    }

    void setTimed(boolean timed) {
        isTimed = timed;
    }

    boolean isExpanded() {
        return isExpanded;
    }

    void setExpanded(boolean expanded) {
        isExpanded = expanded;
    }

    /** @param lineLimit of a table's line in cells; 0 for none */
    ResultWriter writer(Writer out, List<ResultColumn> columns, int lineLimit) throws IOException {
        return switch (format) {
            case CSV -> new CsvResultWriter(out, columns);
            case JSON -> new JsonResultWriter(out, columns);
            case TABLE ->
                isExpanded ? new ExpandedResultWriter(out, columns) : new TableResultWriter(out, columns, lineLimit);
        };
    }
}
