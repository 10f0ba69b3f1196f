package io.millrace.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.StreamDefinition;
import io.millrace.catalog.WatermarkDefinition;
import io.millrace.plan.DataType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreateStreamPlanTest {
    private static StreamDefinition define(String sql) {
        return ((StatementPlan.CreateStream) PlannerFixture.PLANNER.plan(sql, CatalogSnapshot.EMPTY)).definition();
    }

    @Test
    void the_watermark_and_its_defaults_are_read() {
        WatermarkDefinition watermark = define("CREATE STREAM x (a INT, t TIMESTAMP, WATERMARK FOR t AS t - 8s)")
                .watermark();
        assertThat(watermark.timeColumn()).isEqualTo(1);
        assertThat(watermark.delay()).isEqualTo(8_000_000);
        assertThat(watermark.idleTimeout()).isEqualTo(16_000_000);
        assertThat(watermark.maxFutureSkew()).isEqualTo(300_000_000);
    }

    @Test
    void other_watermark_expressions_have_no_delay() {
        assertThat(define("CREATE STREAM x (t TIMESTAMP, WATERMARK FOR t AS FLOOR(t TO MINUTE))")
                        .watermark()
                        .delay())
                .isEqualTo(-1);
    }

    @Test
    void options_have_keys_in_lower_case() {
        assertThat(define("CREATE STREAM x (a INT) WITH (Connector = 'socket', port = 5)")
                        .options())
                .isEqualTo(Map.of("connector", "socket", "port", "5"));
    }

    @Test
    void types_have_their_defaults() {
        assertThat(define("CREATE STREAM x (a DECIMAL, b TIMESTAMP, c VARCHAR(9) NOT NULL, d CHAR, e BINARY(2))")
                        .columnTypes())
                .containsExactly(
                        DataType.decimal(38, 0),
                        DataType.timestamp(3),
                        DataType.varchar(9).notNull(),
                        new DataType(DataType.Kind.CHAR, 1, 0, true),
                        new DataType(DataType.Kind.VARBINARY, 2, 0, true));
    }
}
