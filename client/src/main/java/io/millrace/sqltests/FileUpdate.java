package io.millrace.sqltests;

import io.millrace.sqltests.RecordOutcome.Kind;
import io.millrace.sqltests.SqlRecord.Results;
import java.util.ArrayList;
import java.util.List;

/** Writes what the server gave in place of what a file expects; all else stays as it is. */
final class FileUpdate {
    private static final String SEPARATOR = "----";

    private final SqlFile file;
    private final StringBuilder text = new StringBuilder();
    private final List<RecordOutcome> outcomes = new ArrayList<>();

    private int copied;

    private FileUpdate(SqlFile file) {
        this.file = file;
    }

    /** The new text, and what then is left of the failures; in the order of the file. */
    record Updated(String text, List<RecordOutcome> outcomes) {}

    static Updated of(SqlFile file, List<RecordOutcome> outcomes) {
        FileUpdate update = new FileUpdate(file);
        outcomes.forEach(update::add);
        update.text.append(file.text(), update.copied, file.text().length());
        return new Updated(update.text.toString(), update.outcomes);
    }

    private void add(RecordOutcome outcome) {
        List<String> corrected = outcome.corrected();
        if (outcome.kind() != Kind.FAILED || corrected == null || !canBeWritten(corrected)) {
            outcomes.add(outcome);
            return;
        }
        replace(outcome.record().results(), corrected);
        outcomes.add(outcome.updated());
    }

    private void replace(Results results, List<String> lines) {
        String lineEnd = file.lineEnd();
        text.append(file.text(), copied, results.start());
        boolean isAtEnd = results.end() == file.text().length();
        boolean endsLine = file.text().endsWith("\n");
        if (!results.isThere()) {
            text.append(isAtEnd && !endsLine ? lineEnd : "").append(SEPARATOR).append(lineEnd);
        }
        for (String line : lines) {
            text.append(line).append(lineEnd);
        }
        if (isAtEnd && !endsLine && !lines.isEmpty()) {
            text.setLength(text.length() - lineEnd.length());
        }
        copied = results.end();
    }

    /** A value with a line feed, or of blanks only, would be read as another one. */
    private static boolean canBeWritten(List<String> lines) {
        return lines.stream().noneMatch(line -> line.isBlank() || line.indexOf('\n') >= 0 || line.indexOf('\r') >= 0);
    }
}
