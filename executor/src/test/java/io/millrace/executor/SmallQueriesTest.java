package io.millrace.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.catalog.TableDefinition;
import io.millrace.planner.Planner;
import io.millrace.planner.StatementPlan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallQueriesTest {
    private final Planner planner = new Planner();
    private final CatalogSnapshot catalog = CatalogSnapshot.EMPTY
            .with(table("CREATE TABLE items (id INTEGER PRIMARY KEY, name VARCHAR, n BIGINT)", 1))
            .with(table("CREATE TABLE pairs (a BIGINT, b VARCHAR, n BIGINT, PRIMARY KEY (a, b))", 2));

    private TableDefinition table(String sql, long id) {
        return ((StatementPlan.CreateTable) planner.plan(sql, CatalogSnapshot.EMPTY))
                .definition()
                .withId(id);
    }

    private boolean isSmall(String sql) {
        return StreamEngine.isSmall(((StatementPlan.Query) planner.plan(sql, catalog)).root());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM items WHERE id = 7",
                "SELECT name, n FROM items WHERE id = ?",
                "SELECT name, 1 FROM items WHERE id = ? AND n > 5 AND name IS NOT NULL",
                "SELECT n FROM items WHERE id = CAST(? AS BIGINT)",
                "SELECT n FROM pairs WHERE b = ? AND a = ?",
            })
    void a_look_up_of_one_row_is_small(String sql) {
        assertThat(isSmall(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM items",
                "SELECT name FROM items WHERE n = ?",
                "SELECT n FROM pairs WHERE a = ?",
                "SELECT REPEAT(name, 1000000) FROM items WHERE id = ?",
                "SELECT name FROM items WHERE id = ? AND name LIKE ?",
                "SELECT name FROM items WHERE id = ? AND REPEAT(name, 1000000) = ?",
                "SELECT COUNT(*) FROM items WHERE id = ?",
                "SELECT a.n FROM items a, items b WHERE a.id = ? AND b.id = 3",
            })
    void what_computes_or_reads_more_is_not(String sql) {
        assertThat(isSmall(sql)).isFalse();
    }
}
