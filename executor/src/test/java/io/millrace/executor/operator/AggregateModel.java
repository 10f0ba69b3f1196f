package io.millrace.executor.operator;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Aggregates and orders, a row at a time and as plainly as can be: what the operators are compared with. */
final class AggregateModel {
    private AggregateModel() {}

    /** Rows of keys: numbers by value, strings by bytes, NULL last. */
    static final Comparator<List<Object>> KEY_ORDER = (left, right) -> {
        for (int i = 0; i < left.size(); i++) {
            int order = Objects.compare(left.get(i), right.get(i), Comparator.nullsLast(AggregateModel::compare));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    @SuppressWarnings("unchecked")
    static int compare(Object left, Object right) {
        if (left instanceof String) {
            return Arrays.compareUnsigned(
                    ((String) left).getBytes(StandardCharsets.UTF_8),
                    ((String) right).getBytes(StandardCharsets.UTF_8));
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    static Object aggregate(AggregateCall call, List<List<Object>> rows) {
        List<Object> values = rows.stream()
                .filter(row -> call.filter() == null || Boolean.TRUE.equals(row.get(call.filter())))
                .map(row -> call.argument() == null ? (Object) Boolean.TRUE : row.get(call.argument()))
                .filter(Objects::nonNull)
                .toList();
        if (call.distinct()) {
            values = values.stream().distinct().toList();
        }
        if (values.isEmpty()) {
            return switch (call.function()) {
                case COUNT -> 0L;
                default -> null;
            };
        }
        return switch (call.function()) {
            case COUNT -> (long) values.size();
            case MIN -> values.stream().min(AggregateModel::compare).orElseThrow();
            case MAX -> values.stream().max(AggregateModel::compare).orElseThrow();
            case SUM -> result(sum(values), call.type());
            case AVG -> average(values, call.type());
            case BIT_AND -> values.stream().mapToLong(Long.class::cast).reduce(-1, (left, right) -> left & right);
            case BIT_OR -> values.stream().mapToLong(Long.class::cast).reduce(0, (left, right) -> left | right);
            case BIT_XOR -> values.stream().mapToLong(Long.class::cast).reduce(0, (left, right) -> left ^ right);
            case VAR_POP -> variance(values, 0);
            case VAR_SAMP -> variance(values, 1);
            case STDDEV_POP -> deviation(variance(values, 0));
            case STDDEV_SAMP -> deviation(variance(values, 1));
            case LISTAGG, ARRAY_AGG, ARG_MIN, ARG_MAX, APPROX_COUNT_DISTINCT, APPROX_PERCENTILE ->
                throw new IllegalArgumentException(call.function() + " has tests of its own");
            case SINGLE_VALUE -> values.stream().reduce(AggregateModel::oneOnly).orElseThrow();
        };
    }

    private static Object average(List<Object> values, DataType type) {
        BigDecimal count = BigDecimal.valueOf(values.size());
        if (type.kind() == DataType.Kind.DOUBLE) {
            return sum(values).divide(count, new MathContext(40)).doubleValue();
        }
        return sum(values).divide(count, type.scale(), RoundingMode.HALF_UP);
    }

    /** In two passes over exact numbers; null where there are too few. */
    private static Double variance(List<Object> values, int fewer) {
        if (values.size() <= fewer) {
            return null;
        }
        MathContext digits = new MathContext(60);
        BigDecimal mean = sum(values).divide(BigDecimal.valueOf(values.size()), digits);
        BigDecimal squares = values.stream()
                .map(value -> new BigDecimal(value.toString()).subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return squares.divide(BigDecimal.valueOf(values.size() - fewer), digits).doubleValue();
    }

    private static Double deviation(Double variance) {
        return variance == null ? null : Math.sqrt(variance);
    }

    private static Object oneOnly(Object first, Object second) {
        throw new IllegalArgumentException(first + " and " + second + " where there is to be one value");
    }

    private static BigDecimal sum(List<Object> values) {
        return values.stream()
                .map(value -> value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Object result(BigDecimal sum, DataType type) {
        return switch (type.kind()) {
            case BIGINT -> sum.toBigIntegerExact().longValueExact();
            case DOUBLE -> sum.doubleValue();
            default -> sum.setScale(type.scale());
        };
    }

    static BigInteger powerOfTen(int exponent) {
        return BigInteger.TEN.pow(exponent);
    }
}
