package io.millrace.executor.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.DataType;
import io.millrace.plan.SortKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongBinaryOperator;

/** Aggregates over all rows of a group, as plainly as can be; what is an error is the text "error". */
final class MultisetModel {
    private static final String ERROR = "error";

    private MultisetModel() {}

    static Object aggregate(AggregateCall call, List<List<Object>> rows) {
        if (call.function() == AggregateFunction.LISTAGG) {
            return list(call, rows);
        }
        if (call.function() == AggregateFunction.ARRAY_AGG) {
            return array(call, rows);
        }
        if (call.function() == AggregateFunction.ARG_MIN || call.function() == AggregateFunction.ARG_MAX) {
            return argument(call, rows);
        }
        List<Object> all = rows.stream()
                .filter(row -> call.filter() == null || Boolean.TRUE.equals(row.get(call.filter())))
                .map(row -> call.argument() == null ? (Object) Boolean.TRUE : row.get(call.argument()))
                .toList();
        List<Object> values = all.stream()
                .filter(Objects::nonNull)
                .map(value -> value instanceof Double number ? (Object) (number + 0.0) : value)
                .toList();
        if (call.distinct()) {
            values = values.stream().distinct().toList();
        }
        return switch (call.function()) {
            case COUNT -> (long) values.size();
            case SINGLE_VALUE -> all.size() > 1 ? ERROR : values.isEmpty() ? null : values.get(0);
            default -> values.isEmpty() ? null : ofSome(call, values);
        };
    }

    /** The values in order, each but the first behind its separator. */
    private static Object list(AggregateCall call, List<List<Object>> rows) {
        List<List<Object>> sorted = rows.stream()
                .filter(row -> call.filter() == null || Boolean.TRUE.equals(row.get(call.filter())))
                .filter(row -> row.get(call.argument()) != null)
                .sorted(order(call))
                .toList();
        StringBuilder text = new StringBuilder();
        List<Object> before = new ArrayList<>();
        for (List<Object> row : sorted) {
            Object value = row.get(call.argument());
            if (call.distinct() && before.contains(value)) {
                continue;
            }
            if (!before.isEmpty() && call.second() != null) {
                text.append(row.get(call.second()));
            }
            text.append(value);
            before.add(value);
        }
        return before.isEmpty() ? null : text.toString();
    }

    /** The values in order, NULLs too; null when there are none. */
    private static Object array(AggregateCall call, List<List<Object>> rows) {
        List<Object> values = rows.stream()
                .filter(row -> call.filter() == null || Boolean.TRUE.equals(row.get(call.filter())))
                .sorted(order(call))
                .map(row -> positive(row.get(call.argument())))
                .toList();
        List<Object> counted = call.distinct() ? values.stream().distinct().toList() : values;
        return counted.isEmpty() ? null : counted;
    }

    /** The value of the row where another is least or greatest, and it itself among those. */
    private static Object argument(AggregateCall call, List<List<Object>> rows) {
        Comparator<Object> order = call.function() == AggregateFunction.ARG_MAX ? ORDER.reversed() : ORDER;
        Comparator<List<Object>> byBoth = Comparator.<List<Object>, Object>comparing(
                        row -> positive(row.get(call.second())), order)
                .thenComparing(row -> positive(row.get(call.argument())), Comparator.nullsLast(order));
        return rows.stream()
                .filter(row -> call.filter() == null || Boolean.TRUE.equals(row.get(call.filter())))
                .filter(row -> row.get(call.second()) != null)
                .min(byBoth)
                .map(row -> positive(row.get(call.argument())))
                .orElse(null);
    }

    private static Comparator<List<Object>> order(AggregateCall call) {
        Comparator<List<Object>> order = (left, right) -> 0;
        for (SortKey key : call.order()) {
            Comparator<Object> ofKey = (left, right) -> ORDER.compare(positive(left), positive(right));
            ofKey = key.descending() ? ofKey.reversed() : ofKey;
            Comparator<Object> withNulls =
                    key.nullsFirst() ? Comparator.nullsFirst(ofKey) : Comparator.nullsLast(ofKey);
            order = order.thenComparing(row -> row.get(key.column()), withNulls);
        }
        return order.thenComparing(row -> positive(row.get(call.argument())), Comparator.nullsLast(ORDER));
    }

    private static Object positive(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }

    private static Object ofSome(AggregateCall call, List<Object> values) {
        return switch (call.function()) {
            case MIN -> values.stream().min(ORDER).orElseThrow();
            case MAX -> values.stream().max(ORDER).orElseThrow();
            case BIT_AND -> bits(values, -1, (left, right) -> left & right);
            case BIT_OR -> bits(values, 0, (left, right) -> left | right);
            case BIT_XOR -> bits(values, 0, (left, right) -> left ^ right);
            case SUM -> special(values) != 0 ? special(values) : result(sum(values), call.type());
            case AVG ->
                special(values) != 0
                        ? special(values)
                        : result(quotient(sum(values), BigDecimal.valueOf(values.size()), call.type()), call.type());
            case VAR_POP -> variance(call, values, 0, false);
            case VAR_SAMP -> variance(call, values, 1, false);
            case STDDEV_POP -> variance(call, values, 0, true);
            case STDDEV_SAMP -> variance(call, values, 1, true);
            default -> throw new IllegalArgumentException("no model of " + call.function());
        };
    }

    @SuppressWarnings("unchecked")
    private static final Comparator<Object> ORDER = (left, right) -> left instanceof String text
            ? Arrays.compareUnsigned(
                    text.getBytes(StandardCharsets.UTF_8), ((String) right).getBytes(StandardCharsets.UTF_8))
            : ((Comparable<Object>) left).compareTo(right);

    private static long bits(List<Object> values, long none, LongBinaryOperator operator) {
        return values.stream().mapToLong(Long.class::cast).reduce(none, operator);
    }

    /** What a sum is when some values are no numbers; else 0. */
    private static double special(List<Object> values) {
        double special = 0;
        for (Object value : values) {
            special += value instanceof Double number && !Double.isFinite(number) ? number : 0;
        }
        return special;
    }

    private static BigDecimal sum(List<Object> values) {
        return values.stream().map(MultisetModel::exact).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal exact(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        return value instanceof Double number ? new BigDecimal(number) : BigDecimal.valueOf((Long) value);
    }

    private static Object variance(AggregateCall call, List<Object> values, int fewer, boolean isDeviation) {
        if (values.size() <= fewer) {
            return null;
        }
        if (special(values) != 0) {
            return Double.NaN;
        }
        BigDecimal count = BigDecimal.valueOf(values.size());
        BigDecimal sum = sum(values);
        BigDecimal squares = values.stream().map(value -> exact(value).pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal dividend = count.multiply(squares).subtract(sum.pow(2));
        BigDecimal divisor = count.multiply(count.subtract(BigDecimal.valueOf(fewer)));
        return result(
                isDeviation ? squareRoot(divide(dividend, divisor)) : quotient(dividend, divisor, call.type()),
                call.type());
    }

    /** Where doubles are few, a root may lie exactly between two. */
    private static BigDecimal squareRoot(BigDecimal number) {
        return number.sqrt(new MathContext(number.compareTo(BigDecimal.valueOf(1, 280)) < 0 ? 1_000 : 120));
    }

    /** So many digits tell the half of two doubles from what is the least double more or less. */
    private static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, new MathContext(1_000));
    }

    private static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor, DataType type) {
        return type.kind() == DataType.Kind.DECIMAL
                ? dividend.divide(divisor, type.scale(), RoundingMode.HALF_UP)
                : divide(dividend, divisor);
    }

    private static Object result(BigDecimal number, DataType type) {
        if (type.kind() == DataType.Kind.DOUBLE) {
            return number.doubleValue();
        }
        if (type.kind() == DataType.Kind.BIGINT) {
            BigInteger whole = number.toBigIntegerExact();
            return whole.bitLength() > 63 ? ERROR : (Object) whole.longValue();
        }
        BigDecimal scaled = number.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() > type.precision() ? ERROR : scaled;
    }
}
