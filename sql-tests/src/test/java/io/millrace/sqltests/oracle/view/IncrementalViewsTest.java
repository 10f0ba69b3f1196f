package io.millrace.sqltests.oracle.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random views are, after each of random statements, what their queries give, and so is what those have added up who follow
 * them. {@code -Dmillrace.oracle.cases=100000 -Dmillrace.oracle.seed=7} tries other views, and as many as one likes.
 */
class IncrementalViewsTest {
    private static final int CASES = Integer.getInteger("millrace.oracle.cases", 1_000);
    private static final long SEED = Long.getLong("millrace.oracle.seed", 1);
    private static final int MOST_FAULTS = Integer.getInteger("millrace.oracle.faults", 5);
    private static final int SCENARIOS_PER_SERVER = 60;
    private static final long WAIT_MILLIS = 60_000;
    private static final long SHRINKING_WAIT_MILLIS = 5_000;
    private static final long SHRINKING_SECONDS = Integer.getInteger("millrace.oracle.shrink", 40);

    @TempDir
    private Path directory;

    private final Map<String, Integer> messages = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private ViewServer server;
    private int servers;

    @Test
    void random_views_and_those_who_follow_them_are_what_their_queries_give() throws Exception {
        int views = 0;
        long seed = SEED;
        try {
            for (int runs = 0; views < CASES && faults.size() < MOST_FAULTS; runs++, seed++) {
                if (runs % SCENARIOS_PER_SERVER == 0) {
                    freshServer();
                }
                Scenario scenario = new ScenarioGenerator(new Random(seed)).scenario();
                views += (int) scenario.views();
                FaultFound fault = fault(scenario, WAIT_MILLIS);
                if (fault != null) {
                    report(seed, scenario, fault);
                }
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
        messages.forEach((message, count) -> System.out.println(count + " x " + message));
        assertThat(faults).as("%s", String.join("\n", faults)).isEmpty();
    }

    private void freshServer() throws SQLException {
        if (server != null) {
            server.close();
        }
        server = new ViewServer(directory.resolve("data" + ++servers));
    }

    private FaultFound fault(Scenario scenario, long waitMillis) throws SQLException, InterruptedException {
        try {
            new ScenarioRun(server, scenario, waitMillis, messages).run();
            return null;
        } catch (FaultFound found) {
            return found;
        }
    }

    private void report(long seed, Scenario scenario, FaultFound fault) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHRINKING_SECONDS);
        Scenario small = new ScenarioShrinker(smaller -> shows(smaller, fault.kind()), deadline).shrink(scenario);
        FaultFound again = fault(small, WAIT_MILLIS);
        String report = "seed " + seed + ": " + fault.kind() + "\n" + small.script() + "\n"
                + (again == null ? "once: " + fault.getMessage() : again.getMessage()) + "\n";
        System.out.println(report);
        faults.add(report);
    }

    private boolean shows(Scenario smaller, String kind) {
        try {
            FaultFound found = fault(smaller, SHRINKING_WAIT_MILLIS);
            return found != null && found.kind().equals(kind);
        } catch (SQLException notSound) { // what was taken out is used elsewhere
            return false;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
