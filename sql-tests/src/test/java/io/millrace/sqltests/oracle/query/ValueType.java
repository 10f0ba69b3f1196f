package io.millrace.sqltests.oracle.query;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The types of values. In memory: Long, Double, BigDecimal, String, Boolean, LocalDate and LocalDateTime.
 *
 * <p>Samples are few, so that joins match; those of DOUBLE are binary fractions, so that no order of adding changes a sum.
 */
public enum ValueType {
    INTEGER("INTEGER", List.of(-1L, 0L, 1L, 2L, 3L, 7L)),
    BIGINT("BIGINT", List.of(0L, 1L, 2L, 3L, 5_000_000_000L)),
    DOUBLE("DOUBLE", List.of(-0.5, 0.0, 1.0, 1.5, 2.0, 3.0)),
    DECIMAL(
            "DECIMAL(10, 2)",
            List.of(decimal("-1.50"), decimal("0.00"), decimal("1.00"), decimal("2.00"), decimal("2.50"))),
    VARCHAR("VARCHAR", List.of("", "a", "b", "ab", "B", "ä", "it's", "longer than fifteen bytes")),
    BOOLEAN("BOOLEAN", List.of(true, false)),
    DATE("DATE", List.of(LocalDate.of(1969, 12, 31), LocalDate.of(2024, 2, 29), LocalDate.of(2026, 1, 1))),
    TIMESTAMP(
            "TIMESTAMP(3)",
            List.of(
                    LocalDateTime.of(1969, 12, 31, 23, 59, 59, 1_000_000),
                    LocalDateTime.of(2026, 1, 1, 0, 0),
                    LocalDateTime.of(2026, 1, 1, 12, 30, 15, 250_000_000)));

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    private final String sql;
    private final List<Object> samples;

    ValueType(String sql, List<?> samples) {
        this.sql = sql;
        this.samples = List.copyOf(samples);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }

    public String sql() {
        return sql;
    }

    public List<Object> samples() {
        return samples;
    }

    public boolean isNumeric() {
        return ordinal() <= DECIMAL.ordinal();
    }

    public boolean isInteger() {
        return this == INTEGER || this == BIGINT;
    }

    /** A literal of this type and no other. */
    public String literal(Object value) {
        if (value == null) {
            return "CAST(NULL AS " + sql + ")";
        }
        switch (this) {
            case BIGINT:
                return "CAST(" + value + " AS BIGINT)";
            case DOUBLE:
                return signed(value + "E0");
            case VARCHAR:
                return "'" + value.toString().replace("'", "''") + "'";
            case DATE:
                return "DATE '" + value + "'";
            case TIMESTAMP:
                return "TIMESTAMP '" + TIME.format((LocalDateTime) value) + "'";
            default:
                return signed(value.toString());
        }
    }

    private static String signed(String number) {
        return number.startsWith("-") ? "(" + number + ")" : number;
    }
}
