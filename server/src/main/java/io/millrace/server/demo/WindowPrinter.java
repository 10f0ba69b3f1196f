package io.millrace.server.demo;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints a window: its end and lag, then its rows by count, each with a bar. */
public final class WindowPrinter {
    private static final int BAR = 40;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter output;

    public WindowPrinter(PrintWriter output) {
        this.output = output;
    }

    void print(long endMillis, long lagMillis, List<WordCount> rows) {
        output.printf(
                Locale.ROOT,
                "%nwindow to %s UTC   lag %d ms%n",
                TIME.format(Instant.ofEpochMilli(endMillis)),
                lagMillis);
        long highest = rows.stream().mapToLong(WordCount::count).max().orElse(1);
        rows.stream()
                .sorted(Comparator.comparingLong(WordCount::count).reversed().thenComparing(WordCount::word))
                .forEach(row -> output.printf(
                        Locale.ROOT, "  %-16s %8d  %s%n", row.word(), row.count(), bar(row.count(), highest)));
        output.flush();
    }

    private static String bar(long count, long highest) {
        return "#".repeat((int) Math.max(1, count * BAR / highest));
    }
}
