package io.millrace.executor.function;

import io.millrace.plan.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values by SQL type: NULL, 0, 1, negative, least and greatest, infinite, empty, non-ASCII, and random ones. */
final class ComparisonValues {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");
    private static final List<Double> DOUBLES =
            List.of(0.0, 1.0, -1.0, 0.5, -2.5, 1e300, -1e300, 1e-300, 90.0, 180.0, 30.0, 10.0, 1024.0);
    private static final List<Integer> INTEGERS = List.of(0, 1, -1, 2, 3, -7, Integer.MAX_VALUE, Integer.MIN_VALUE);
    private static final List<String> STRINGS =
            List.of("", "a", " a ", "Äb", "abcabc", "hello wORLD-foo", "ß", "o'k", "Robert", "x1y22z", "  ", "éèé");
    private static final List<String> DATES =
            List.of("1970-01-01", "1969-12-31", "2000-02-29", "0001-01-01", "9990-12-31", "2026-01-31", "2000-12-31");

    private final Random random;

    ComparisonValues(Random random) {
        this.random = random;
    }

    /** How a parameter is written that {@link #next} has made. */
    static String parameter(String type) {
        boolean text = type.startsWith("VARCHAR") || type.startsWith("DATE") || type.startsWith("TIME");
        return text ? "CAST(? AS VARCHAR)" : "?";
    }

    /** As JDBC takes it: numbers as such, times as text. */
    @Nullable
    Object next(String type) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        boolean special = random.nextBoolean();
        return switch (type) {
            case "DOUBLE" -> special ? pick(DOUBLES) : (Double) (random.nextGaussian() * 100);
            case "INTEGER" -> special ? pick(INTEGERS) : (Integer) (random.nextInt(41) - 20);
            case "SMALLINT" -> (short) (random.nextInt(21) - 8);
            case "TINYINT" -> (byte) random.nextInt();
            case "BIGINT" -> special ? (Long) (long) pick(INTEGERS) : (Long) (random.nextLong() >> random.nextInt(64));
            case "BOOLEAN" -> special;
            case "DECIMAL(10, 3)" -> BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 3);
            case "VARCHAR" -> special ? pick(STRINGS) : randomText();
            case "DATE" -> special ? pick(DATES) : date().toString();
            case "TIMESTAMP(3)" -> TIMESTAMP.format(date().atTime(time()));
            case "TIME(0)" -> DateTimeFormatter.ofPattern("HH:mm:ss").format(time());
            default -> throw new IllegalArgumentException(type);
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private String randomText() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            text.append("abcABC, 01é".charAt(random.nextInt(11)));
        }
        return text.toString();
    }

    private LocalDate date() {
        return LocalDate.ofEpochDay(random.nextInt(100_000) - 40_000);
    }

    private LocalTime time() {
        return LocalTime.ofNanoOfDay(random.nextInt(86_400_000) * 1_000_000L);
    }

    /** A value of {@link #next} as a column holds it. */
    static @Nullable Object canonical(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> ((Number) value).longValue();
            case DATE -> LocalDate.parse((String) value).toEpochDay();
            case TIME -> LocalTime.parse((String) value).toNanoOfDay() / 1000;
            case TIMESTAMP ->
                LocalDateTime.parse((String) value, TIMESTAMP)
                                .toInstant(ZoneOffset.UTC)
                                .toEpochMilli()
                        * 1000;
            case DECIMAL -> ((BigDecimal) value).setScale(type.scale(), RoundingMode.UNNECESSARY);
            default -> value;
        };
    }

    /** A result as JDBC would show it. */
    static @Nullable Object shown(@Nullable Object value, DataType type) {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case DATE -> LocalDate.ofEpochDay((Long) value).toString();
            case TIMESTAMP -> shownTimestamp((Long) value, type.precision());
            default -> value;
        };
    }

    private static String shownTimestamp(long micros, int precision) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
        String fraction = "SSSSSS".substring(0, precision);
        return time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss" + (precision == 0 ? "" : "." + fraction)));
    }
}
