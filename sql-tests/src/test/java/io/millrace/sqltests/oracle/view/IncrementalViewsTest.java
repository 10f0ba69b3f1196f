package io.millrace.sqltests.oracle.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random views are, after each of random statements, what their queries give, and so is what those have added up who follow
 * them. {@code -Dmillrace.oracle.cases=100000 -Dmillrace.oracle.seed=7} tries other views, and as many as one likes.
 */
class IncrementalViewsTest {
    private static final int CASES = Integer.getInteger("millrace.oracle.cases", 2_000);
    private static final long SEED = Long.getLong("millrace.oracle.seed", 1);
    private static final int MOST_FAULTS = Integer.getInteger("millrace.oracle.faults", 5);
    private static final int SCENARIOS_PER_SERVER = 60;
    /** One view, of those that can be compared with another engine, in so many is. */
    private static final int LOOKED_AT = 4;
    /** Cases that show what is covered. */
    private static final int ENOUGH = 1_000;
    /** In percent of all definitions, for one reason. */
    private static final int MOST_REFUSED = 3;
    /** In percent of all definitions. */
    private static final int MOST_INVALID = 6;
    /** In percent of all views: those that another engine agrees with. */
    private static final int LEAST_COMPARED = 4;
    /** In percent of these: those that it does not agree with, and is wrong. */
    private static final int MOST_OUTVOTED = 5;
    /** In percent of all who follow: those whose query meets an error that it would not meet if it ran once. */
    private static final int MOST_UNDECIDED = 2;

    /** In percent of all views that a restart finds: those that a checkpoint gives back. */
    private static final int LEAST_RESTORED = 85;

    private static final long WAIT_MILLIS = 60_000;
    private static final long SHRINKING_WAIT_MILLIS = 2_000;
    private static final long SHRINKING_SECONDS = Integer.getInteger("millrace.oracle.shrink", 40);

    @TempDir
    private Path directory;

    private final Tally tally = new Tally();
    private final List<String> faults = new ArrayList<>();
    private ViewServer server;
    private int servers;

    @Test
    void random_views_and_those_who_follow_them_are_what_their_queries_give() throws Exception {
        long seed = SEED;
        try (CalciteReference calcite = new CalciteReference(LOOKED_AT)) {
            for (int runs = 0; tally.made() < CASES && faults.size() < MOST_FAULTS; runs++, seed++) {
                if (runs % SCENARIOS_PER_SERVER == 0) {
                    freshServer();
                }
                Scenario scenario = new ScenarioGenerator(new Random(seed)).scenario();
                FaultFound fault = fault(scenario, WAIT_MILLIS, tally, calcite);
                if (fault != null) {
                    report(seed, scenario, fault);
                }
            }
            assertThat(faults).as("%s", String.join("\n", faults)).isEmpty();
            checkCoverage(calcite);
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }

    /** A generator whose views are refused, or a comparison that is always skipped, would find nothing. */
    private void checkCoverage(CalciteReference calcite) {
        String told = tally + "by Calcite: " + calcite.compared() + " compared, skipped: " + calcite.skipped();
        System.out.println(told);
        if (CASES < ENOUGH) {
            return;
        }
        tally.refused()
                .forEach((reason, count) -> assertThat(tally.share(count))
                        .as("refused: %s\n%s", reason, told)
                        .isLessThanOrEqualTo(MOST_REFUSED));
        assertThat(tally.invalidShare()).as(told).isLessThanOrEqualTo(MOST_INVALID);
        assertThat(100.0 * calcite.compared() / tally.made()).as(told).isGreaterThanOrEqualTo(LEAST_COMPARED);
        assertThat(100.0 * calcite.outvoted() / calcite.compared()).as(told).isLessThanOrEqualTo(MOST_OUTVOTED);
        assertThat(100.0 * tally.undecidedFollowers() / tally.followers())
                .as(told)
                .isLessThanOrEqualTo(MOST_UNDECIDED);
        assertThat(tally.restoredShare()).as(told).isGreaterThanOrEqualTo(LEAST_RESTORED);
        assertThat(tally.followed()).as(told).hasSize(2 + Step.Listen.Emission.values().length);
    }

    private void freshServer() throws SQLException {
        if (server != null) {
            server.close();
        }
        server = new ViewServer(directory.resolve("data" + ++servers));
    }

    private FaultFound fault(Scenario scenario, long waitMillis, Tally counts, CalciteReference calcite)
            throws SQLException, InterruptedException {
        try {
            new ScenarioRun(server, scenario, waitMillis, counts, calcite).run();
            return null;
        } catch (FaultFound found) {
            return found;
        }
    }

    private void report(long seed, Scenario scenario, FaultFound fault) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHRINKING_SECONDS);
        Scenario small = new ScenarioShrinker(smaller -> shows(smaller, fault.kind()), deadline).shrink(scenario);
        FaultFound again;
        try (CalciteReference all = new CalciteReference(1)) {
            again = fault(small, WAIT_MILLIS, new Tally(), all);
        }
        String report = "seed " + seed + ": " + fault.kind() + "\n" + small.script() + "\n"
                + (again == null ? "once: " + fault.getMessage() : again.getMessage()) + "\n";
        System.out.println(report);
        faults.add(report);
    }

    private boolean shows(Scenario smaller, String kind) {
        try (CalciteReference all = new CalciteReference(1)) {
            FaultFound found = fault(smaller, SHRINKING_WAIT_MILLIS, new Tally(), all);
            return found != null && found.kind().equals(kind);
        } catch (SQLException notSound) { // what was taken out is used elsewhere
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
