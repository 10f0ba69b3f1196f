package io.millrace.executor.verify;

import io.millrace.executor.log.Finding;
import io.millrace.executor.log.LogReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link DataVerifier} has found.
 *
 * @param streams the logs of streams and tables by their numbers, and of the catalog, which is number 0
 * @param steps the log of the steps; empty when there is none
 * @param checkpoints what is damaged of them
 * @param missing what ought to be there
 */
public record DataReport(
        Path directory,
        Map<Long, LogReport> streams,
        List<LogReport> steps,
        List<Finding> checkpoints,
        List<Finding> missing) {
    public DataReport {
        streams = new TreeMap<>(streams);
        steps = List.copyOf(steps);
        checkpoints = List.copyOf(checkpoints);
        missing = List.copyOf(missing);
    }

    List<LogReport> logs() {
        List<LogReport> logs = new ArrayList<>(streams.values());
        logs.addAll(steps);
        return logs;
    }

    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(missing);
        logs().forEach(log -> findings.addAll(log.findings()));
        findings.addAll(checkpoints);
        return findings;
    }

    /** What is unusual, and no damage. */
    public List<String> notes() {
        return logs().stream().flatMap(log -> log.notes().stream()).toList();
    }
}
