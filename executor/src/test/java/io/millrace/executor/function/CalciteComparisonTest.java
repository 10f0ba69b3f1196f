package io.millrace.executor.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.CatalogSnapshot;
import io.millrace.error.MillraceException;
import io.millrace.executor.column.Column;
import io.millrace.executor.column.ColumnBatch;
import io.millrace.executor.column.ColumnValues;
import io.millrace.plan.DataType;
import io.millrace.plan.Expression;
import io.millrace.plan.Field;
import io.millrace.plan.FilterProject;
import io.millrace.planner.Planner;
import io.millrace.planner.StatementPlan;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Functions against Calcite's own engine, on random values and on those that break things. */
class CalciteComparisonTest {
    private static final int ROWS = 60;
    private static final double TOLERANCE = 1e-12;

    private final long seed = System.nanoTime();
    private final ComparisonValues values = new ComparisonValues(new Random(seed));
    private final Planner planner = new Planner();

    @TestFactory
    List<DynamicTest> functionsGiveWhatCalciteGives() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ComparisonCases.Case one : ComparisonCases.all()) {
            tests.add(DynamicTest.dynamicTest(one.expression(), () -> compare(one)));
        }
        return tests;
    }

    private void compare(ComparisonCases.Case one) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            List<@Nullable Object> arguments = new ArrayList<>();
            for (String type : one.types()) {
                arguments.add(values.next(type));
            }
            rows.add(arguments);
        }
        Compiled compiled = new Compiled(one, rows);
        try (Connection connection = connect(one.library());
                PreparedStatement statement = connection.prepareStatement(sql(one))) {
            for (int row = 0; row < ROWS; row++) {
                String description = "seed " + seed + ": " + one.expression() + " of " + rows.get(row);
                compareRow(statement, one, rows.get(row), compiled, row, description);
            }
        }
        compiled.checkTogether("seed " + seed + ": " + one.expression());
    }

    private static void compareRow(
            PreparedStatement statement,
            ComparisonCases.Case one,
            List<@Nullable Object> arguments,
            Compiled compiled,
            int row,
            String description)
            throws SQLException {
        for (int i = 0; i < arguments.size(); i++) {
            statement.setObject(i + 1, arguments.get(i));
        }
        Object expected;
        try (ResultSet results = statement.executeQuery()) {
            results.next();
            expected = results.getObject(1);
            if (expected instanceof java.sql.Date || expected instanceof java.sql.Timestamp) {
                expected = results.getString(1);
            }
        } catch (SQLException | RuntimeException failure) {
            assertThat(compiled.fails(row))
                    .as("%s: Calcite says %s", description, root(failure))
                    .isTrue();
            return;
        }
        Object actual;
        try {
            actual = compiled.value(row);
        } catch (MillraceException failure) {
            throw new AssertionError(
                    description + ": Calcite says " + expected + ", we " + failure.getMessage(), failure);
        }
        assertThat(same(expected, actual))
                .as("%s: Calcite says <%s>, we <%s>", description, expected, actual)
                .isTrue();
    }

    private static @Nullable String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private static boolean same(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof byte[] bytes && actual instanceof byte[] others) {
            return java.util.Arrays.equals(bytes, others);
        }
        if (expected == null || actual == null) {
            return expected == actual;
        }
        if (actual instanceof Double ours && expected instanceof Number theirs) {
            double other = theirs.doubleValue();
            return Double.compare(ours + 0.0, other + 0.0) == 0
                    || Math.abs(ours - other) <= TOLERANCE * Math.max(Math.abs(ours), Math.abs(other));
        }
        if (actual instanceof Number && expected instanceof Number) {
            return new java.math.BigDecimal(actual.toString()).compareTo(new java.math.BigDecimal(expected.toString()))
                    == 0;
        }
        // Calcite writes decimals below one without the zero before the point
        return expected.toString().replaceFirst("^(-?)\\.(?=\\d)", "$10.").equals(actual.toString());
    }

    private static Connection connect(String library) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("fun", library);
        properties.setProperty("timeZone", "UTC");
        properties.setProperty("conformance", "BABEL");
        return DriverManager.getConnection("jdbc:calcite:", properties);
    }

    private static String sql(ComparisonCases.Case one) {
        List<String> cells = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < one.types().size(); i++) {
            cells.add("CAST(" + ComparisonValues.parameter(one.types().get(i)) + " AS "
                    + one.types().get(i) + ")");
            names.add("c" + i);
        }
        return "SELECT " + one.expression() + " FROM (VALUES (" + String.join(", ", cells) + ")) AS t ("
                + String.join(", ", names) + ")";
    }

    /** The expression over columns that hold all rows. */
    private final class Compiled {
        private final Expression expression;
        private final ColumnBatch batch;
        private final DataType type;

        Compiled(ComparisonCases.Case one, List<List<@Nullable Object>> rows) {
            List<String> definitions = new ArrayList<>();
            for (int i = 0; i < one.types().size(); i++) {
                definitions.add("c" + i + " " + one.types().get(i));
            }
            String create = "CREATE STREAM t (" + String.join(", ", definitions) + ")";
            CatalogSnapshot catalog = CatalogSnapshot.EMPTY.with(
                    ((StatementPlan.CreateStream) planner.plan(create, CatalogSnapshot.EMPTY))
                            .definition()
                            .withId(1));
            StatementPlan.Query query =
                    (StatementPlan.Query) planner.plan("SELECT " + one.expression() + " FROM t", catalog);
            FilterProject project = (FilterProject) query.root();
            expression = project.projections().get(0);
            type = expression.type();
            List<Column> columns = new ArrayList<>();
            for (Field field : project.input().rowType().fields()) {
                int index = Integer.parseInt(field.name().substring(1));
                Object[] cells = rows.stream()
                        .map(row -> ComparisonValues.canonical(row.get(index), field.type()))
                        .toArray();
                columns.add(Expressions.columnOf(field.type(), cells));
            }
            batch = new ColumnBatch(rows.size(), columns);
        }

        @Nullable
        Object value(int row) {
            Evaluator evaluator = Expressions.compiler().compile(expression);
            Column result = evaluator.evaluate(batch, Expressions.selection(row));
            return ComparisonValues.shown(ColumnValues.value(result, row, type), type);
        }

        /** All rows that have a value, at once, give what each gave alone. */
        void checkTogether(String description) {
            int[] valid = IntStream.range(0, batch.rowCount())
                    .filter(row -> !fails(row))
                    .toArray();
            Column result = Expressions.compiler().compile(expression).evaluate(batch, Expressions.selection(valid));
            for (int row : valid) {
                Object together = ComparisonValues.shown(ColumnValues.value(result, row, type), type);
                assertThat(same(value(row), together))
                        .as("%s, row %s: <%s>", description, row, together)
                        .isTrue();
            }
        }

        boolean fails(int row) {
            try {
                value(row);
                return false;
            } catch (MillraceException failure) {
                return true;
            }
        }
    }
}
