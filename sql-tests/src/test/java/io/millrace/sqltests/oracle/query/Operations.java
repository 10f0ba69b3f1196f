package io.millrace.sqltests.oracle.query;

import static io.millrace.sqltests.oracle.query.ValueType.BIGINT;
import static io.millrace.sqltests.oracle.query.ValueType.BOOLEAN;
import static io.millrace.sqltests.oracle.query.ValueType.DATE;
import static io.millrace.sqltests.oracle.query.ValueType.DECIMAL;
import static io.millrace.sqltests.oracle.query.ValueType.DOUBLE;
import static io.millrace.sqltests.oracle.query.ValueType.INTEGER;
import static io.millrace.sqltests.oracle.query.ValueType.TIMESTAMP;
import static io.millrace.sqltests.oracle.query.ValueType.VARCHAR;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All scalar functions and operators that queries are made of, with what they mean. */
public final class Operations {
    /** The types with which a numeric type combines and stays itself. */
    private static final Map<ValueType, List<ValueType>> NARROWER = Map.of(
            INTEGER, List.of(INTEGER),
            BIGINT, List.of(BIGINT, INTEGER),
            DECIMAL, List.of(DECIMAL, INTEGER),
            DOUBLE, List.of(DOUBLE, INTEGER, BIGINT, DECIMAL));

    private static final Map<ValueType, List<Operation>> BY_RESULT = Stream.of(
                    arithmetic(), choices(), texts(), dates(), Conditions.all())
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(Operation::result));

    private Operations() {}

    public static List<Operation> of(ValueType result) {
        return BY_RESULT.get(result);
    }

    private static List<Operation> arithmetic() {
        List<Operation> operations = new ArrayList<>();
        NARROWER.forEach((type, others) -> others.forEach(other -> {
            operations.add(binary("(%s + %s)", type, other, BigDecimal::add));
            operations.add(binary("(%s - %s)", type, other, BigDecimal::subtract));
            operations.add(binary("(%s * %s)", type, other, BigDecimal::multiply));
        }));
        for (ValueType type : NARROWER.keySet()) {
            operations.add(Operation.strict(
                    "(- %s)",
                    type, List.of(type), values -> number(exact(values, 0).negate(), type)));
            operations.add(Operation.strict(
                    "ABS(%s)",
                    type, List.of(type), values -> number(exact(values, 0).abs(), type)));
        }
        for (ValueType type : List.of(INTEGER, BIGINT)) {
            operations.add(Operation.strict("(%s / 3)", type, List.of(type), values -> (Long) values.get(0) / 3));
            operations.add(Operation.strict("MOD(%s, 2)", INTEGER, List.of(type), values -> (Long) values.get(0) % 2));
            operations.add(Operation.strict(
                    "(%s / NULLIF(%s, 0))",
                    type,
                    List.of(type, INTEGER),
                    values -> (Long) values.get(1) == 0 ? null : (Long) values.get(0) / (Long) values.get(1)));
        }
        operations.add(Operation.strict("(%s / 4.0E0)", DOUBLE, List.of(DOUBLE), values -> (Double) values.get(0) / 4));
        cast(operations, INTEGER, BIGINT);
        cast(operations, INTEGER, DOUBLE);
        cast(operations, INTEGER, DECIMAL);
        cast(operations, DECIMAL, DOUBLE);
        return operations;
    }

    private static void cast(List<Operation> operations, ValueType from, ValueType to) {
        operations.add(Operation.strict(
                "CAST(%s AS " + to.sql() + ")", to, List.of(from), values -> number(exact(values, 0), to)));
    }

    private static Operation binary(
            String template, ValueType type, ValueType other, BinaryOperator<BigDecimal> definition) {
        return Operation.strict(
                template,
                type,
                List.of(type, other),
                values -> number(definition.apply(exact(values, 0), exact(values, 1)), type));
    }

    private static BigDecimal exact(List<Object> values, int index) {
        return ValueOrder.exact((Number) values.get(index));
    }

    static Number number(BigDecimal exact, ValueType type) {
        switch (type) {
            case INTEGER:
                if (exact.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
                    throw new NoAnswerException("INTEGER out of range");
                }
                return exact.longValueExact();
            case BIGINT:
                if (exact.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
                    throw new NoAnswerException("BIGINT out of range");
                }
                return exact.longValueExact();
            case DOUBLE:
                return exact.doubleValue();
            default:
                return exact;
        }
    }

    /** CASE and its relatives, for all types. */
    private static List<Operation> choices() {
        List<Operation> operations = new ArrayList<>();
        for (ValueType type : ValueType.values()) {
            for (ValueType other : NARROWER.getOrDefault(type, List.of(type))) {
                operations.add(new Operation(
                        "CASE WHEN %s THEN %s ELSE %s END",
                        type,
                        List.of(BOOLEAN, type, other),
                        values -> widened(Boolean.TRUE.equals(values.get(0)) ? values.get(1) : values.get(2), type)));
                operations.add(new Operation(
                        "COALESCE(%s, %s)",
                        type,
                        List.of(other, type),
                        values -> widened(values.get(0) == null ? values.get(1) : values.get(0), type)));
            }
            operations.add(new Operation(
                    "CASE WHEN %s THEN %s END",
                    type, List.of(BOOLEAN, type), values -> Boolean.TRUE.equals(values.get(0)) ? values.get(1) : null));
            operations.add(new Operation(
                    "CASE %s WHEN %s THEN %s WHEN %s THEN %s ELSE %s END",
                    type,
                    List.of(VARCHAR, VARCHAR, type, VARCHAR, type, type),
                    values -> matches(values, 1) ? values.get(2) : matches(values, 3) ? values.get(4) : values.get(5)));
            operations.add(new Operation(
                    "NULLIF(%s, %s)", type, List.of(type, type), values -> matches(values, 1) ? null : values.get(0)));
        }
        return operations;
    }

    private static boolean matches(List<Object> values, int index) {
        return values.get(0) != null
                && values.get(index) != null
                && ValueOrder.compare(values.get(0), values.get(index)) == 0;
    }

    private static Object widened(Object value, ValueType type) {
        return value instanceof Number number ? number(ValueOrder.exact(number), type) : value;
    }

    private static List<Operation> texts() {
        return List.of(
                Operation.strict(
                        "(%s || %s)", VARCHAR, List.of(VARCHAR, VARCHAR), values -> "" + values.get(0) + values.get(1)),
                Operation.strict(
                        "UPPER(%s)",
                        VARCHAR, List.of(VARCHAR), values -> text(values).toUpperCase(Locale.ROOT)),
                Operation.strict(
                        "LOWER(%s)",
                        VARCHAR, List.of(VARCHAR), values -> text(values).toLowerCase(Locale.ROOT)),
                Operation.strict(
                        "SUBSTRING(%s FROM 1 FOR 1)",
                        VARCHAR,
                        List.of(VARCHAR),
                        values -> text(values)
                                .substring(0, Math.min(1, text(values).length()))),
                Operation.strict("CAST(%s AS VARCHAR)", VARCHAR, List.of(INTEGER), Operations::text),
                Operation.strict(
                        "CHAR_LENGTH(%s)",
                        INTEGER, List.of(VARCHAR), values -> (long) text(values).length()));
    }

    private static String text(List<Object> values) {
        return values.get(0).toString();
    }

    private static List<Operation> dates() {
        return List.of(
                Operation.strict(
                        "CAST(%s AS DATE)",
                        DATE, List.of(TIMESTAMP), values -> time(values).toLocalDate()),
                Operation.strict(
                        "(%s + INTERVAL '1' DAY)",
                        DATE, List.of(DATE), values -> date(values).plusDays(1)),
                Operation.strict(
                        "CAST(%s AS TIMESTAMP(3))",
                        TIMESTAMP, List.of(DATE), values -> date(values).atStartOfDay()),
                Operation.strict(
                        "(%s + INTERVAL '1' HOUR)",
                        TIMESTAMP, List.of(TIMESTAMP), values -> time(values).plusHours(1)),
                Operation.strict(
                        "EXTRACT(YEAR FROM %s)",
                        BIGINT, List.of(DATE), values -> (long) date(values).getYear()));
    }

    private static LocalDate date(List<Object> values) {
        return (LocalDate) Objects.requireNonNull(values.get(0));
    }

    private static LocalDateTime time(List<Object> values) {
        return (LocalDateTime) Objects.requireNonNull(values.get(0));
    }
}
