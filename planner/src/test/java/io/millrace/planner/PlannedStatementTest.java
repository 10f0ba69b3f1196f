package io.millrace.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.Relation;
import org.junit.jupiter.api.Test;

class PlannedStatementTest {
    private final Planner planner = new Planner();
    private CatalogSnapshot catalog = CatalogSnapshot.EMPTY;
    private long lastId;

    @Test
    void a_plan_outlives_changes_of_what_it_does_not_name() {
        create("CREATE TABLE t (a INT, b INT)");
        PlannedStatement planned = planner.planToKeep("SELECT a FROM t WHERE b > 1", catalog);
        create("CREATE TABLE u (a INT)");
        create("CREATE VIEW v AS SELECT * FROM t");
        assertThat(planned.isGoodIn(catalog)).isTrue();
        catalog = catalog.without("u");
        assertThat(planned.isGoodIn(catalog)).isTrue();
    }

    @Test
    void it_does_not_outlive_what_it_reads() {
        create("CREATE TABLE t (a INT)");
        PlannedStatement planned = planner.planToKeep("SELECT x.a FROM public.T AS x", catalog);
        CatalogSnapshot before = catalog;
        catalog = catalog.without("t");
        assertThat(planned.isGoodIn(catalog)).isFalse();
        create("CREATE TABLE t (a INT)");
        assertThat(planned.isGoodIn(catalog)).isFalse();
        assertThat(planned.isGoodIn(before)).isTrue();
    }

    @Test
    void what_views_read_counts() {
        create("CREATE TABLE t (a INT)");
        create("CREATE VIEW v AS SELECT a FROM t");
        create("CREATE VIEW w AS SELECT a FROM v");
        for (String sql : new String[] {
            "SELECT EXISTS (SELECT 1 FROM w) FROM t",
            "SUBSCRIBE TO w",
            "WITH x AS (TABLE w) SELECT * FROM x",
            "EXPLAIN SELECT * FROM w",
            "INSERT INTO t SELECT a FROM w",
            "UPDATE t SET a = (SELECT MAX(a) FROM w)",
            "CREATE MATERIALIZED VIEW m AS SELECT * FROM w"
        }) {
            PlannedStatement planned = planner.planToKeep(sql, catalog);
            assertThat(planned.isGoodIn(catalog.with(relation("CREATE VIEW other AS SELECT a FROM v"))))
                    .as(sql)
                    .isTrue();
            assertThat(planned.isGoodIn(catalog.with(relation("CREATE VIEW v AS SELECT a + 1 AS a FROM t"))))
                    .as(sql)
                    .isFalse();
        }
    }

    @Test
    void a_name_that_begins_to_stand_for_a_relation_counts() {
        create("CREATE TABLE t (a INT)");
        PlannedStatement planned = planner.planToKeep("WITH x AS (SELECT a FROM t) SELECT * FROM x", catalog);
        create("CREATE TABLE x (a INT)");
        assertThat(planned.isGoodIn(catalog)).isFalse();
    }

    @Test
    void a_name_in_a_window_or_among_late_rows_counts() {
        create("CREATE STREAM s (a INT, ts TIMESTAMP, WATERMARK FOR ts AS ts)");
        for (String sql : new String[] {
            "SELECT a, COUNT(*) FROM s WINDOW TUMBLE(10s)",
            "SELECT * FROM TABLE(LATE_ROWS(TABLE s))",
            "SELECT * FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' SECOND))"
        }) {
            PlannedStatement planned = planner.planToKeep(sql, catalog);
            assertThat(planned.isGoodIn(catalog.without("s"))).as(sql).isFalse();
        }
    }

    private void create(String sql) {
        catalog = catalog.with(relation(sql));
    }

    private Relation relation(String sql) {
        StatementPlan plan = planner.plan(sql, catalog);
        if (plan instanceof StatementPlan.CreateView create) {
            return create.definition().withId(++lastId);
        }
        return plan instanceof StatementPlan.CreateTable create
                ? create.definition().withId(++lastId)
                : ((StatementPlan.CreateStream) plan).definition().withId(++lastId);
    }
}
