package io.millrace.sqltests;

import io.millrace.sqltests.RecordOutcome.Kind;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints a line per file, then its failures, and at last a summary. */
public final class ReportPrinter {
    private final TestOptions options;
    private final PrintWriter out;
    private final Map<Kind, Integer> records = new EnumMap<>(Kind.class);

    private int goodFiles;
    private int failedFiles;
    private int skippedFiles;
    private Duration time = Duration.ZERO;

    public ReportPrinter(TestOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    void print(FileReport report) {
        for (Kind kind : Kind.values()) {
            records.merge(kind, report.count(kind), Integer::sum);
        }
        time = time.plus(report.time());
        String verdict;
        if (report.skipped() != null) {
            skippedFiles++;
            verdict = "skipped";
        } else if (isGood(report)) {
            goodFiles++;
            verdict = "ok";
        } else {
            failedFiles++;
            verdict = "FAILED";
        }
        out.println(verdict + " " + report.name() + " (" + details(report) + ")");
        printFailures(report);
        out.flush();
    }

    /** Prints what all files together gave; true if nothing failed. */
    boolean summary() {
        out.println(files() + "; " + total() + " records: " + records(records::get) + "; " + seconds(time));
        if (total(Kind.REFUSED) > 0 && !options.allowsRefused()) {
            out.println("Records are refused when the server says that it does not support something (0A000); "
                    + "with --allow-refused they are no failures.");
        }
        out.flush();
        return failedFiles == 0;
    }

    private boolean isGood(FileReport report) {
        return report.problem() == null
                && report.count(Kind.FAILED) == 0
                && (options.allowsRefused() || report.count(Kind.REFUSED) == 0);
    }

    private static String details(FileReport report) {
        if (report.skipped() != null) {
            return report.skipped();
        }
        return report.outcomes().size() + " records" + others(report::count) + ", " + seconds(report.time());
    }

    private void printFailures(FileReport report) {
        int shown = 0;
        int left = 0;
        for (RecordOutcome outcome : report.outcomes()) {
            boolean isShown =
                    outcome.kind() == Kind.FAILED || (outcome.kind() == Kind.REFUSED && !options.allowsRefused());
            if (isShown && shown < options.shownFailures()) {
                out.println(text(report.name(), outcome));
                shown++;
            } else if (isShown) {
                left++;
            }
        }
        if (left > 0) {
            out.println("… and " + left + " more in this file");
        }
        if (report.problem() != null) {
            out.println(report.name() + ":" + report.problem().line() + ": "
                    + report.problem().getMessage());
        }
    }

    /** Where and what it was, and why it failed. */
    static String text(String file, RecordOutcome outcome) {
        SqlRecord record = outcome.record();
        String sql = record.sql().isEmpty() ? "" : record.sql() + "\n";
        return file + ":" + record.line() + ": " + record.heading() + "\n"
                + (sql + outcome.detail()).indent(4).stripTrailing();
    }

    private String files() {
        StringBuilder text = new StringBuilder();
        int count = goodFiles + failedFiles + skippedFiles;
        text.append(count)
                .append(count == 1 ? " file: " : " files: ")
                .append(goodFiles)
                .append(" ok");
        if (failedFiles > 0) {
            text.append(", ").append(failedFiles).append(" FAILED");
        }
        if (skippedFiles > 0) {
            text.append(", ").append(skippedFiles).append(" skipped");
        }
        return text.toString();
    }

    private int total() {
        return records.values().stream().mapToInt(Integer::intValue).sum();
    }

    private int total(Kind kind) {
        return records.getOrDefault(kind, 0);
    }

    /** Counts of a kind. */
    private interface Counts {
        @Nullable
        Integer of(Kind kind);
    }

    private static String records(Counts counts) {
        Integer good = counts.of(Kind.OK);
        return (good == null ? 0 : good) + " ok" + others(counts);
    }

    private static String others(Counts counts) {
        StringBuilder text = new StringBuilder();
        for (Kind kind : Kind.values()) {
            Integer count = counts.of(kind);
            if (kind != Kind.OK && count != null && count > 0) {
                text.append(", ").append(count).append(' ').append(kind.name().toLowerCase(Locale.ROOT));
            }
        }
        return text.toString();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
    }
}
