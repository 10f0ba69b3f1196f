package io.millrace.sqltests;

import io.millrace.sqltests.RecordOutcome.Kind;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a file.
 *
 * @param name of the file
 * @param problem why it could not be run, or no further; null when it was run to its end
 * @param skipped why it was not run at all; null when it was
 */
record FileReport(
        String name,
        List<RecordOutcome> outcomes,
        @Nullable MalformedFileException problem,
        @Nullable String skipped,
        Duration time) {
    static FileReport notRun(String name, MalformedFileException problem) {
        return new FileReport(name, List.of(), problem, null, Duration.ZERO);
    }

    static FileReport skipped(String name, String reason) {
        return new FileReport(name, List.of(), null, reason, Duration.ZERO);
    }

    int count(Kind kind) {
        return (int) outcomes.stream().filter(outcome -> outcome.kind() == kind).count();
    }

    FileReport withOutcomes(List<RecordOutcome> newOutcomes) {
        return new FileReport(name, newOutcomes, problem, skipped, time);
    }
}
