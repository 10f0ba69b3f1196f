package io.millrace.executor.operator;

import static io.millrace.executor.operator.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import io.millrace.plan.Field;
import io.millrace.plan.HashAggregate;
import io.millrace.plan.RowType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The hash aggregate, and each aggregate function through it. */
class AggregationTest {
    private static final DataType BIGINT = DataType.of(DataType.Kind.BIGINT);
    private static final DataType DOUBLE = DataType.of(DataType.Kind.DOUBLE);
    private static final DataType BOOLEAN = DataType.of(DataType.Kind.BOOLEAN);
    private static final DataType WIDE = DataType.decimal(38, 0);

    private static List<List<Object>> aggregate(
            RowType input, List<Integer> keys, List<AggregateCall> calls, List<List<Object>> rows) {
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(input.fields().get(key)));
        calls.forEach(call -> fields.add(new Field("a", call.type())));
        RowType rowType = new RowType(fields);
        CollectingOperator output = new CollectingOperator(rowType);
        HashAggregateOperator operator =
                new HashAggregateOperator(new HashAggregate(Rows.scan(input), keys, calls, rowType), output);
        for (int from = 0; from < rows.size(); from += 3) {
            operator.push(Rows.batch(input, rows.subList(from, Math.min(rows.size(), from + 3))));
            operator.endStep();
        }
        assertThat(output.rows).isEmpty();
        operator.finish();
        return output.rows;
    }

    /** The aggregate of one column over all rows. */
    private static Object of(AggregateFunction function, DataType input, DataType result, Object... values) {
        List<List<Object>> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(row(value));
        }
        AggregateCall call = new AggregateCall(function, 0, null, result);
        return aggregate(Rows.rowType(input), List.of(), List.of(call), rows)
                .get(0)
                .get(0);
    }

    @Nested
    class The_hash_aggregate {
        @Test
        void gives_one_row_over_nothing_without_keys() {
            List<AggregateCall> calls = List.of(
                    new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT),
                    new AggregateCall(AggregateFunction.SUM, 0, null, BIGINT));
            assertThat(aggregate(Rows.rowType(BIGINT), List.of(), calls, List.of()))
                    .containsExactly(row(0L, null));
            assertThat(aggregate(Rows.rowType(BIGINT), List.of(0), calls, List.of()))
                    .isEmpty();
        }

        @Test
        void is_distinct_without_aggregates_and_takes_null_as_a_value() {
            RowType input = Rows.rowType(DataType.varchar(), DOUBLE);
            List<List<Object>> rows = List.of(
                    row("a", 1.0),
                    row(null, 1.0),
                    row("a", 0.0),
                    row(null, 1.0),
                    row("a", -0.0),
                    row("a", 1.0),
                    row(null, null),
                    row("", Double.NaN),
                    row("", Double.NaN),
                    row("", null));
            assertThat(aggregate(input, List.of(0, 1), List.of(), rows))
                    .containsExactly(
                            row("a", 1.0),
                            row(null, 1.0),
                            row("a", 0.0),
                            row(null, null),
                            row("", Double.NaN),
                            row("", null));
        }

        @Test
        void counts_only_the_rows_that_pass_a_filter() {
            RowType input = Rows.rowType(BIGINT, BOOLEAN);
            List<AggregateCall> calls = List.of(
                    new AggregateCall(AggregateFunction.COUNT, null, 1, BIGINT),
                    new AggregateCall(AggregateFunction.SUM, 0, 1, BIGINT));
            assertThat(aggregate(
                            input,
                            List.of(),
                            calls,
                            List.of(row(1L, true), row(2L, false), row(4L, null), row(null, true), row(8L, true))))
                    .containsExactly(row(3L, 9L));
        }

        @Test
        void tells_strided_keys_apart_in_good_time() {
            RowType input = Rows.rowType(BIGINT.notNull());
            List<List<Object>> rows = new ArrayList<>();
            for (long i = 0; i < 50_000; i++) {
                rows.add(row(i << 40));
                rows.add(row(i * 4_096));
            }
            List<AggregateCall> calls = List.of(new AggregateCall(AggregateFunction.COUNT, null, null, BIGINT));
            assertThat(aggregate(input, List.of(0), calls, rows)).hasSize(99_999);
        }

        @Test
        void agrees_with_the_model_over_random_long_strings() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            RowType input = Rows.rowType(DataType.varchar(), DataType.varchar());
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                rows.add(row("k".repeat(random.nextInt(40)), "v".repeat(random.nextInt(900)) + random.nextInt(1000)));
            }
            AggregateCall min = new AggregateCall(AggregateFunction.MIN, 1, null, DataType.varchar());
            AggregateCall max = new AggregateCall(AggregateFunction.MAX, 1, null, DataType.varchar());
            for (List<Object> result : aggregate(input, List.of(0), List.of(min, max), rows)) {
                List<List<Object>> group = rows.stream()
                        .filter(r -> r.get(0).equals(result.get(0)))
                        .toList();
                assertThat(result.get(1)).as("seed %d", seed).isEqualTo(AggregateModel.aggregate(min, group));
                assertThat(result.get(2)).as("seed %d", seed).isEqualTo(AggregateModel.aggregate(max, group));
            }
        }
    }

    @Nested
    class Sum {
        @Test
        void of_bigints_fails_only_when_the_result_does_not_fit() {
            assertThat(of(AggregateFunction.SUM, BIGINT, BIGINT, Long.MAX_VALUE, 1L, null, -1L))
                    .isEqualTo(Long.MAX_VALUE);
            assertThat(of(AggregateFunction.SUM, BIGINT, BIGINT, Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 1L))
                    .isEqualTo(Long.MIN_VALUE);
            assertThatThrownBy(() -> of(AggregateFunction.SUM, BIGINT, BIGINT, Long.MAX_VALUE, 1L))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NUMERIC_OUT_OF_RANGE));
            assertThatThrownBy(() -> of(AggregateFunction.SUM, BIGINT, BIGINT, Long.MIN_VALUE, -1L))
                    .isInstanceOf(MillraceException.class);
        }

        @Test
        void of_nulls_is_null() {
            assertThat(of(AggregateFunction.SUM, BIGINT, BIGINT, null, null)).isNull();
            assertThat(of(AggregateFunction.SUM, DOUBLE, DOUBLE, null, null)).isNull();
            assertThat(of(AggregateFunction.AVG, WIDE, WIDE, null, null)).isNull();
        }

        @Test
        void of_decimals_may_leave_the_range_on_the_way() {
            BigDecimal most = new BigDecimal(AggregateModel.powerOfTen(38).subtract(BigInteger.ONE));
            assertThat(of(AggregateFunction.SUM, WIDE, WIDE, most, most, most, most.negate(), most.negate()))
                    .isEqualTo(most);
            assertThat(of(AggregateFunction.SUM, WIDE, WIDE, most.negate(), most))
                    .isEqualTo(BigDecimal.ZERO);
            assertThatThrownBy(() -> of(AggregateFunction.SUM, WIDE, WIDE, most, BigDecimal.ONE))
                    .isInstanceOf(MillraceException.class);
            assertThat(of(AggregateFunction.AVG, WIDE, WIDE, most, most, most)).isEqualTo(most);
        }

        @Test
        void of_doubles_is_compensated() {
            assertThat(of(AggregateFunction.SUM, DOUBLE, DOUBLE, 1.0, 1e100, 1.0, -1e100))
                    .isEqualTo(2.0);
            assertThat(of(AggregateFunction.SUM, DOUBLE, DOUBLE, 1.0, Double.POSITIVE_INFINITY, 2.0))
                    .isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(of(AggregateFunction.SUM, DOUBLE, DOUBLE, 1.0, Double.NaN, 2.0))
                    .isEqualTo(Double.NaN);
        }
    }

    @Nested
    class Average {
        @Test
        void of_integers_is_a_double_of_the_exact_sum() {
            assertThat(of(AggregateFunction.AVG, BIGINT, DOUBLE, 1L, 2L, null)).isEqualTo(1.5);
            assertThat(of(AggregateFunction.AVG, BIGINT, DOUBLE, Long.MAX_VALUE, Long.MAX_VALUE, 3L, -3L))
                    .isEqualTo(Long.MAX_VALUE / 2.0);
        }

        @Test
        void of_decimals_rounds_half_away_from_zero() {
            DataType input = DataType.decimal(10, 1);
            DataType result = DataType.decimal(10, 1);
            assertThat(of(AggregateFunction.AVG, input, result, new BigDecimal("0.1"), new BigDecimal("0.2")))
                    .isEqualTo(new BigDecimal("0.2"));
            assertThat(of(AggregateFunction.AVG, input, result, new BigDecimal("-0.1"), new BigDecimal("-0.2")))
                    .isEqualTo(new BigDecimal("-0.2"));
        }
    }

    @Nested
    class Variances_and_deviations {
        private static final List<AggregateFunction> FUNCTIONS = List.of(
                AggregateFunction.VAR_POP,
                AggregateFunction.VAR_SAMP,
                AggregateFunction.STDDEV_POP,
                AggregateFunction.STDDEV_SAMP);

        @Test
        void are_those_of_exact_arithmetic_whatever_the_type() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            for (DataType type : List.of(BIGINT, DOUBLE, DataType.decimal(18, 5), DataType.decimal(38, 3))) {
                for (int count = 0; count < 40; count++) {
                    List<List<Object>> rows = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        rows.add(row(random.nextInt(5) == 0 ? null : number(type, random)));
                    }
                    compare(type, rows, seed);
                }
            }
        }

        private static Object number(DataType type, Random random) {
            return switch (type.kind()) {
                case BIGINT -> random.nextLong() >> random.nextInt(64);
                case DOUBLE -> random.nextGaussian() * 1e6;
                default -> BigDecimal.valueOf(random.nextLong() / 10 >> random.nextInt(60), type.scale());
            };
        }

        private static void compare(DataType type, List<List<Object>> rows, long seed) {
            List<AggregateCall> calls = FUNCTIONS.stream()
                    .map(function -> new AggregateCall(function, 0, null, DOUBLE))
                    .toList();
            List<Object> actual =
                    aggregate(Rows.rowType(type), List.of(), calls, rows).get(0);
            for (int i = 0; i < calls.size(); i++) {
                Double expected = (Double) AggregateModel.aggregate(calls.get(i), rows);
                if (expected == null) {
                    assertThat(actual.get(i))
                            .as("seed %d, %s", seed, calls.get(i))
                            .isNull();
                } else {
                    assertThat((Double) actual.get(i))
                            .as("seed %d, %s of %s", seed, calls.get(i), rows)
                            .isCloseTo(expected, withPercentage(1e-7));
                }
            }
        }
    }

    @Nested
    class A_single_value {
        @Test
        void is_the_value_of_the_only_row() {
            assertThat(of(AggregateFunction.SINGLE_VALUE, BIGINT, BIGINT, 7L)).isEqualTo(7L);
            assertThat(of(AggregateFunction.SINGLE_VALUE, BIGINT, BIGINT, (Object) null))
                    .isNull();
            assertThat(of(AggregateFunction.SINGLE_VALUE, BIGINT, BIGINT)).isNull();
        }

        @Test
        void of_two_rows_is_refused_also_when_one_is_null() {
            assertThatThrownBy(() -> of(AggregateFunction.SINGLE_VALUE, BIGINT, BIGINT, 7L, null))
                    .isInstanceOfSatisfying(
                            MillraceException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TOO_MANY_ROWS));
        }
    }

    @Nested
    class Minimum_and_maximum {
        @Test
        void take_nan_as_the_greatest_number() {
            assertThat(of(AggregateFunction.MAX, DOUBLE, DOUBLE, 1.0, Double.NaN, Double.POSITIVE_INFINITY))
                    .isEqualTo(Double.NaN);
            assertThat(of(AggregateFunction.MIN, DOUBLE, DOUBLE, Double.NaN, 1.0, Double.NEGATIVE_INFINITY))
                    .isEqualTo(Double.NEGATIVE_INFINITY);
        }

        @Test
        void compare_strings_by_their_bytes() {
            DataType type = DataType.varchar();
            assertThat(of(AggregateFunction.MIN, type, type, "b", "", null)).isEqualTo("");
            assertThat(of(AggregateFunction.MIN, type, type, "a\0", "a")).isEqualTo("a");
            assertThat(of(AggregateFunction.MAX, type, type, "a long string, no. 1", "a long string, no. 2", "a long"))
                    .isEqualTo("a long string, no. 2");
            assertThat(of(AggregateFunction.MAX, type, type, "é", "z", "😀", "日"))
                    .isEqualTo("😀");
            assertThat(of(AggregateFunction.MAX, type, type, null, null)).isNull();
        }

        @Test
        void take_booleans_and_extreme_numbers() {
            assertThat(of(AggregateFunction.MIN, BOOLEAN, BOOLEAN, true, false, null))
                    .isEqualTo(false);
            assertThat(of(AggregateFunction.MAX, BIGINT, BIGINT, Long.MIN_VALUE))
                    .isEqualTo(Long.MIN_VALUE);
            assertThat(of(AggregateFunction.MIN, WIDE, WIDE, new BigDecimal(-1), new BigDecimal(1)))
                    .isEqualTo(new BigDecimal(-1));
        }
    }
}
