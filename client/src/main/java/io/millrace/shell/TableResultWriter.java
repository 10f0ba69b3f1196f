package io.millrace.shell;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes an aligned table, numbers to the right. The rows before the first flush give the widths; what comes later widens
 * its column, or is cut when the terminal has no room for it.
 */
final class TableResultWriter implements ResultWriter {
    private static final int MOST_GATHERED = 1_000;
    private static final String NULL = "NULL";

    private final Writer out;
    private final List<ResultColumn> columns;
    private final int limit;
    private final List<String[]> gathered = new ArrayList<>();

    private @Nullable ColumnWidths widths;
    private boolean hasCut;

    /** @param limit of a line in cells; 0 for none */
    TableResultWriter(Writer out, List<ResultColumn> columns, int limit) {
        this.out = out;
        this.columns = columns;
        this.limit = limit;
    }

    @Override
    public void row(@Nullable String[] values) throws IOException {
        String[] cells = new String[values.length];
        for (int i = 0; i < cells.length; i++) {
            String value = values[i];
            cells[i] = value == null ? NULL : CellText.printable(value);
        }
        ColumnWidths known = widths;
        if (known != null) {
            write(known, cells);
            return;
        }
        gathered.add(cells);
        if (gathered.size() == MOST_GATHERED) {
            begin(true);
        }
    }

    @Override
    public void flush() throws IOException {
        if (!gathered.isEmpty()) {
            begin(true);
        }
        out.flush();
    }

    @Override
    public void end() throws IOException {
        if (widths == null) {
            begin(false);
        }
        out.flush();
    }

    @Override
    public boolean hasCut() {
        return hasCut;
    }

    private void begin(boolean moreMayCome) throws IOException {
        String[] labels = columns.stream()
                .map(column -> CellText.printable(column.label()))
                .toArray(String[]::new);
        int[] wanted = new int[labels.length];
        for (int i = 0; i < wanted.length; i++) {
            int usual = moreMayCome ? columns.get(i).usualWidth() : 1;
            wanted[i] = Math.max(usual, CellText.width(labels[i]));
            for (String[] cells : gathered) {
                wanted[i] = Math.max(wanted[i], CellText.width(cells[i]));
            }
        }
        ColumnWidths fitted = new ColumnWidths(wanted, limit);
        widths = fitted;
        write(fitted, labels);
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < labels.length; i++) {
            rule.append(i == 0 ? "" : "+").append("-".repeat(fitted.of(i) + 2));
        }
        out.append(rule).append('\n');
        for (String[] cells : gathered) {
            write(fitted, cells);
        }
        gathered.clear();
    }

    private void write(ColumnWidths fitted, String[] cells) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            int wanted = CellText.width(cells[i]);
            int width = fitted.grow(i, wanted);
            String cell = cells[i];
            if (limit > 0 && wanted > width) {
                cell = CellText.cut(cell, width);
                hasCut = true;
                wanted = CellText.width(cell);
            }
            String padding = " ".repeat(Math.max(0, width - wanted));
            line.append(i == 0 ? " " : " | ");
            line.append(columns.get(i).isNumber() ? padding + cell : cell + padding);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
