package io.millrace.executor.verify;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.executor.checkpoint.CheckpointVerifier;
import io.millrace.executor.checkpoint.StepRepair;
import io.millrace.executor.log.Finding;
import io.millrace.executor.log.LogRepair;
import io.millrace.executor.log.LogReport;
import io.millrace.executor.time.EngineClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes a damaged data directory one that a server can use, by taking away what is damaged; all that is taken away is kept
 * below {@code damaged}.
 *
 * <p>What is computed from a log that becomes shorter goes too: the checkpoints, and the steps, whose numbers go on where they
 * were, so that none ever tells of two things.
 */
public final class DataRepair {
    private static final String DAMAGED = "damaged";

    private final DataReport report;
    private final CatalogNumbers catalog;
    private final EngineClock clock;
    private final Path kept;
    private final List<String> done = new ArrayList<>();
    private final List<Action> actions = new ArrayList<>();

    /** Tells which streams and tables the log of the catalog, as it is in a directory, knows or has known. */
    @FunctionalInterface
    public interface CatalogNumbers {
        Collection<Long> read(Path directory) throws IOException;
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private record Action(String text, Work work) {}

    private DataRepair(DataReport report, CatalogNumbers catalog, EngineClock clock, String time) {
        this.report = report;
        this.catalog = catalog;
        this.clock = clock;
        this.kept = report.directory().resolve(DAMAGED).resolve(time);
        plan();
    }

    /** What would be done, a line each. */
    public static List<String> plan(DataReport report, CatalogNumbers catalog, EngineClock clock, String time) {
        return new DataRepair(report, catalog, clock, time)
                .actions.stream().map(Action::text).toList();
    }

    /**
     * Does it; returns what was done, a line each.
     *
     * @param time names the directory of what is taken away
     */
    public static List<String> repair(DataReport report, CatalogNumbers catalog, EngineClock clock, String time)
            throws IOException {
        DataRepair repair = new DataRepair(report, catalog, clock, time);
        for (Action action : repair.actions) {
            action.work().run();
            repair.done.add(action.text());
        }
        return repair.done;
    }

    private void plan() {
        boolean isShorter = false;
        for (LogReport log : report.logs()) {
            if (log.findings().isEmpty()) {
                continue;
            }
            boolean isSteps = report.steps().contains(log);
            isShorter |= log.lacksBlocks();
            if (!log.lacksBlocks()) {
                add("write the manifest of " + log.directory() + " anew", () -> LogRepair.repair(log, this::keptAt));
            } else if (!isSteps) {
                add(
                        "cut " + log.directory() + " behind " + log.wholeBlocks() + " blocks with " + log.wholeRows()
                                + " rows",
                        () -> LogRepair.repair(log, this::keptAt));
            }
        }
        planCatalog();
        if (isShorter) {
            planSteps();
        }
        planCheckpoints(isShorter);
    }

    private void planCatalog() {
        LogReport log = report.streams().get(DataVerifier.CATALOG);
        if (log != null && log.lacksBlocks()) {
            add("take away the logs that the catalog, as it is then, does not know", this::takeUnknown);
        }
    }

    private void takeUnknown() throws IOException {
        Path streams = report.directory().resolve(DataVerifier.STREAMS);
        Collection<Long> known = catalog.read(streams.resolve(Long.toString(DataVerifier.CATALOG)));
        for (long id : report.streams().keySet()) {
            Path log = streams.resolve(Long.toString(id));
            if (id != DataVerifier.CATALOG && !known.contains(id) && Files.exists(log)) {
                move(log);
                done.add("took away " + log + ", which the catalog does not know");
            }
        }
    }

    private void planSteps() {
        for (LogReport log : report.steps()) {
            add("begin the log of the steps anew behind the last position", () -> {
                Path original = move(log.directory());
                StepRepair.beginAnew(original, log.directory(), clock, ends());
            });
        }
    }

    /** Where the logs end that are there. */
    private Map<Long, Long> ends() {
        Map<Long, Long> ends = new HashMap<>();
        report.streams().forEach((id, log) -> {
            if (id != DataVerifier.CATALOG && Files.isDirectory(log.directory())) {
                ends.put(id, log.wholeBlocks());
            }
        });
        return ends;
    }

    private void planCheckpoints(boolean all) {
        Path checkpoints = report.directory().resolve(DataVerifier.CHECKPOINTS);
        if (all && Files.exists(checkpoints)) {
            add("take away all checkpoints: the views are computed anew", () -> move(checkpoints));
            return;
        }
        if (!report.checkpoints().isEmpty()) {
            add("take away the damaged checkpoints, and those that need them", () -> takeCheckpoints(checkpoints));
        }
    }

    private void takeCheckpoints(Path checkpoints) throws IOException {
        List<Finding> damaged = report.checkpoints();
        while (!damaged.isEmpty()) {
            for (Path file : damaged.stream().map(Finding::file).collect(Collectors.toCollection(LinkedHashSet::new))) {
                move(file);
                done.add("took away " + file);
            }
            damaged = CheckpointVerifier.verify(checkpoints, DataVerifier.CHECKPOINTS);
        }
    }

    private void add(String text, Work work) {
        actions.add(new Action(text, work));
    }

    private Path keptAt(Path from) {
        return kept.resolve(report.directory().relativize(from));
    }

    private Path move(Path from) throws IOException {
        Path to = keptAt(from);
        if (Files.exists(to)) {
            throw new MillraceException(ErrorCode.IO_ERROR, "\"" + to + "\" is there already");
        }
        Files.createDirectories(to.resolveSibling("."));
        return Files.move(from, to);
    }
}
