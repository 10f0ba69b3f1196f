package io.millrace.planner;

import static io.millrace.planner.PlannerFixture.insert;
import static io.millrace.planner.PlannerFixture.plan;
import static io.millrace.planner.PlannerFixture.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.error.MillraceException;
import io.millrace.plan.Constant;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.FilterProject;
import io.millrace.plan.Limit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsertPlanTest {
    private static List<Object> values(List<Expression> row) {
        return row.stream().map(value -> ((Constant) value).value()).toList();
    }

    @Test
    void literals_become_constants_of_the_columns() {
        StatementPlan.Insert insert =
                insert("INSERT INTO s (n, t, v, d, c) VALUES (-1, '2024-01-01 00:00:01', 3, 1.235, 1)");
        assertThat(insert.columns()).containsExactly(-1, -1, 4, 3, 2, -1, 1, -1, -1, -1, -1, 0);
        assertThat(values(insert.rows().get(0)))
                .containsExactly(-1L, 1_704_067_201_000_000L, "3", new BigDecimal("1.24"), 1.0);
    }

    @Test
    void parameters_have_the_types_of_their_columns() {
        StatementPlan.Insert insert = insert("INSERT INTO lines VALUES (?, ?), (UPPER(?), DEFAULT)");
        assertThat(insert.parameters().stream().map(DataType::kind))
                .containsExactly(DataType.Kind.VARCHAR, DataType.Kind.TIMESTAMP, DataType.Kind.VARCHAR);
        StatementPlan.Insert bound = (StatementPlan.Insert) ParameterBinder.bind(insert, Arrays.asList("a", null, "b"));
        assertThat(bound.parameters()).isEmpty();
        assertThat(((Constant) bound.rows().get(0).get(0)).value()).isEqualTo("a");
        assertThat(((Constant) bound.rows().get(0).get(1)).value()).isNull();
    }

    @Test
    void long_lists_of_rows_take_linear_time() {
        StringBuilder sql = new StringBuilder("INSERT INTO lines VALUES ('w', '2024-01-01 00:00:00')");
        for (int i = 1; i < 5000; i++) {
            sql.append(", ('w', '2024-01-01 00:00:00')");
        }
        long began = System.nanoTime();
        assertThat(insert(sql.toString()).rows()).hasSize(5000);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void binding_replaces_parameters_in_conditions_and_limits() {
        StatementPlan.Query bound = (StatementPlan.Query)
                ParameterBinder.bind(query("SELECT a FROM s WHERE b = ? LIMIT ?"), List.of("7", 3L));
        Limit limit = (Limit) bound.root();
        assertThat(limit.fetch()).isEqualTo(3);
        assertThat(((FilterProject) limit.input()).condition().toString()).contains("value=7");
    }

    @Test
    void values_that_do_not_fit_are_refused() {
        StatementPlan query = plan("SELECT a FROM s WHERE b = ? LIMIT ?");
        assertThatThrownBy(() -> ParameterBinder.bind(query, List.of("x", 1L)))
                .isInstanceOf(MillraceException.class)
                .hasMessage("parameter 1: invalid input for type BIGINT: \"x\"");
        assertThatThrownBy(() -> ParameterBinder.bind(query, List.of(1L))).hasMessageContaining("2 parameters");
        assertThatThrownBy(() -> ParameterBinder.bind(query, List.of(1L, -1L))).hasMessageContaining("negative");
    }
}
