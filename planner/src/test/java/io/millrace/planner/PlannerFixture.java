package io.millrace.planner;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.MillraceException;
import java.util.List;
import org.assertj.core.api.Assertions;

/** A planner and two streams: {@code lines} with a watermark, {@code s} without. */
final class PlannerFixture {
    static final Planner PLANNER = new Planner();
    static final CatalogSnapshot CATALOG = CatalogSnapshot.EMPTY.with(
            stream(
                    1,
                    "CREATE STREAM lines (word VARCHAR, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)"),
            stream(
                    2,
                    "CREATE STREAM s (a INTEGER, b BIGINT, c DOUBLE, d DECIMAL(10, 2), v VARCHAR, ch CHAR(5), "
                            + "t TIMESTAMP(6), dt DATE, bo BOOLEAN, ti TIME, bin VARBINARY, n INTEGER NOT NULL)"));

    private PlannerFixture() {}

    static io.millrace.catalog.StreamDefinition stream(long id, String sql) {
        return ((StatementPlan.CreateStream) PLANNER.plan(sql, CatalogSnapshot.EMPTY))
                .definition()
                .withId(id);
    }

    static StatementPlan plan(String sql) {
        return PLANNER.plan(sql, CATALOG);
    }

    static StatementPlan.Query query(String sql) {
        return (StatementPlan.Query) plan(sql);
    }

    static StatementPlan.Insert insert(String sql) {
        return (StatementPlan.Insert) plan(sql);
    }

    static String explain(String sql) {
        return PlanPrinter.print(query(sql), CATALOG);
    }

    /** The projections of {@code SELECT items FROM s}, or its constants when it reads no column. */
    static String projected(String items) {
        String plan = explain("SELECT " + items + " FROM s");
        String line = plan.lines().skip(1).findFirst().orElseThrow();
        return line.substring(line.indexOf('[') + 1, line.lastIndexOf(']'));
    }

    static List<String> labels(String sql) {
        return query(sql).output().stream().map(column -> column.label()).toList();
    }

    static List<String> types(String sql) {
        return query(sql).output().stream()
                .map(column -> column.type().toString())
                .toList();
    }

    /** SQLSTATE and message of the error that a statement must end with. */
    static String error(String sql) {
        Throwable thrown = Assertions.catchThrowable(() -> plan(sql));
        Assertions.assertThat(thrown).as(sql).isInstanceOf(MillraceException.class);
        MillraceException e = (MillraceException) thrown;
        return e.sqlState() + " " + e.getMessage();
    }
}
