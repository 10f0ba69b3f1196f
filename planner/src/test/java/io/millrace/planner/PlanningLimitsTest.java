package io.millrace.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.MillraceException;
import io.millrace.parser.ParserLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanningLimitsTest {
    @Test
    void grouping_sets_are_counted_before_they_are_made() {
        assertRefused("SELECT 1 FROM s GROUP BY CUBE(a, b, c, d, v, t, a + 1)", "54000", "limits.grouping-sets");
        assertRefused("SELECT 1 FROM s GROUP BY CUBE(a" + times(", a + #", 70) + ")", "54000", "limits.grouping-sets");
        assertRefused("SELECT 1 FROM s GROUP BY ROLLUP(a" + times(", a + #", 70) + ")", "54000", "72 grouping sets");
        assertRefused("SELECT 1 FROM s GROUP BY CUBE(a, b), CUBE(c, d), CUBE(v, t, a)", "54000", "128 grouping sets");
        assertRefused(
                "SELECT 1 FROM s GROUP BY GROUPING SETS (CUBE(a, b, c, d, v), CUBE(a, b, c, d, t), (a))",
                "54000",
                "65 grouping sets");
        PlannerFixture.plan("SELECT 1 FROM s GROUP BY CUBE(a, b, c, d, v, t)");
    }

    @Test
    void rows_are_not_wider_than_the_limit() {
        assertRefused("SELECT 1" + times(", #", 1_600) + " FROM s", "54001", "1601 columns");
        assertRefused("SELECT " + times("*, ", 200) + "1 FROM s", "54001", "limits.columns");
        assertRefused("SELECT " + times("*, ", 900) + "1 FROM (SELECT 1, 2) x", "54001", "limits.columns");
        assertRefused("SELECT " + times("x.*, ", 900) + "1 FROM (SELECT 1, 2) x", "54001", "limits.columns");
        assertRefused("CREATE STREAM wide (a INT" + times(", c# INT", 1_600) + ")", "54001", "limits.columns");
    }

    @Test
    void what_is_short_for_much_counts_as_much() {
        assertRefused("SELECT " + times("NULLIF(", 40) + "a" + times(", 1)", 40) + " FROM s", "54001", "written out");
        assertRefused("SELECT " + times("COALESCE(", 40) + "a" + times(", 1)", 40) + " FROM s", "54001", "written out");
        assertRefused(
                "SELECT 1 FROM s WHERE " + times("(", 30) + "a BETWEEN 1 AND 2" + times(") BETWEEN FALSE AND TRUE", 30),
                "54001",
                "limits.plan-nodes");
        assertRefused(
                "SELECT " + times("CASE ", 60) + "a" + times(" WHEN 1 THEN 2 WHEN 2 THEN 3 END", 60) + " FROM s",
                "54001",
                "limits.tokens");
        assertRefused(
                "SELECT 1 FROM s WHERE a" + times(" + 1", 100) + " IN (0" + times(", #", 5_000) + ")",
                "54001",
                "limits.plan-nodes");
    }

    @Test
    void a_condition_is_not_written_out_through_sums_of_sums() {
        String sums = "WITH c0 AS (SELECT a AS x FROM s)"
                + IntStream.range(0, 40)
                        .mapToObj(i -> ", c" + (i + 1) + " AS (SELECT x + x AS x FROM c" + i + ")")
                        .collect(Collectors.joining());
        PlannerFixture.plan(sums + " SELECT COUNT(*) FROM c40 WHERE x > 5");
        PlannerFixture.plan(sums + " SELECT COUNT(*) FROM c40 l JOIN s ON l.x = s.a WHERE l.x > 5");
    }

    @Test
    void a_query_named_by_with_counts_each_time_it_is_used() {
        String chain = "WITH c0 AS (SELECT a AS x FROM s)" + times(", d# AS (SELECT x FROM c0)", 30);
        PlannerLimits few = limits(40, Duration.ofSeconds(30));
        assertThat(new Planner(limits(1_000, Duration.ofSeconds(30))).plan(chain + " SELECT x FROM d1", CATALOG))
                .isNotNull();
        String deep = "WITH c0 AS (SELECT a AS x FROM s)"
                + IntStream.range(0, 30)
                        .mapToObj(i -> ", c" + (i + 1) + " AS (SELECT x FROM c" + i + ")")
                        .collect(Collectors.joining());
        assertThatThrownBy(() -> new Planner(few).plan(deep + " SELECT x FROM c30", CATALOG))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("limits.plan-nodes");
    }

    @Test
    void numbers_are_never_written_out() {
        assertThat(PlannerFixture.error("SELECT 1e999999")).startsWith("22003");
        assertThat(PlannerFixture.error("SELECT " + "9".repeat(900))).startsWith("22003");
    }

    @Test
    void a_planning_that_explodes_is_given_up_and_its_thread_is_free_again() {
        Planner planner = new Planner(limits(20_000, Duration.ofMillis(700)));
        planner.warmUp();
        assertThatThrownBy(() -> planner.plan(EXPLOSION, CATALOG))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("takes too long to plan")
                .hasMessageContaining("limits.planning-time")
                .extracting(failure -> ((MillraceException) failure).sqlState())
                .isEqualTo("54001");
        awaitIdlePlanners();
    }

    @Test
    void those_that_are_quick_to_plan_do_not_wait_for_those_that_are_slow() {
        Planner planner = new Planner(limits(20_000, Duration.ofSeconds(3)));
        planner.warmUp();
        List<CompletableFuture<Void>> explosions = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> planner.plan(EXPLOSION, CATALOG), work -> new Thread(work).start()))
                .toList();
        for (int i = 0; i < 20; i++) {
            assertThat(planner.plan("SELECT a FROM s WHERE b > " + i, CATALOG)).isNotNull();
        }
        explosions.forEach(explosion -> assertThat(explosion)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .havingCause()
                .withMessageContaining("limits."));
        awaitIdlePlanners();
    }

    private static final CatalogSnapshot CATALOG = PlannerFixture.CATALOG;

    /** Whether a sum is monotonic depends on both sides, and these on both of theirs. */
    private static final String EXPLOSION = "SELECT \"EXPR$0\" + \"EXPR$0\" FROM "
            + times("(SELECT \"EXPR$0\" + \"EXPR$0\" FROM ", 40) + "(SELECT b + b FROM s)" + times(")", 40);

    private static PlannerLimits limits(int nodes, Duration planningTime) {
        return new PlannerLimits(ParserLimits.DEFAULT, 1_600, 64, nodes, 300, planningTime, 8);
    }

    private static String times(String text, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> text.replace("#", Integer.toString(i)))
                .collect(Collectors.joining());
    }

    private static void assertRefused(String sql, String sqlState, String part) {
        assertThat(PlannerFixture.error(sql)).startsWith(sqlState).contains(part);
    }

    private static void awaitIdlePlanners() {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (isAnyPlanning()) {
            assertThat(System.nanoTime()).as("a planning goes on").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static boolean isAnyPlanning() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("millrace-plan"))
                .flatMap(thread -> List.of(thread.getValue()).stream())
                .anyMatch(frame -> frame.getMethodName().equals("planHere"));
    }
}
