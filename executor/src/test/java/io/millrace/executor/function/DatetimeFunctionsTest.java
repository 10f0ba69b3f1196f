package io.millrace.executor.function;

import static io.millrace.executor.function.Expressions.*;
import static io.millrace.plan.ScalarFunction.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.error.ErrorCode;
import io.millrace.plan.DataType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DatetimeFunctionsTest {
    private static final long SPAN = 200_000L * 365 / 100 * TimeUnits.DAY;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private static long micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1_000;
    }

    private static LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC);
    }

    private static void extract(long expected, String unit, long micros) {
        check(expected, EXTRACT, BIGINT, text(unit), constant(TIMESTAMP, micros));
    }

    @Test
    void partsAgreeWithJavaTime() {
        for (int round = 0; round < 300; round++) {
            long micros = (long) (random.nextDouble() * 2 * SPAN) - SPAN;
            LocalDateTime time = time(micros);
            extract(time.getYear(), "YEAR", micros);
            extract(time.get(IsoFields.QUARTER_OF_YEAR), "QUARTER", micros);
            extract(time.getMonthValue(), "MONTH", micros);
            extract(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), "WEEK", micros);
            extract(time.getDayOfMonth(), "DAY", micros);
            extract(time.getDayOfWeek().getValue() % 7 + 1, "DOW", micros);
            extract(time.getDayOfYear(), "DOY", micros);
            extract(time.getHour(), "HOUR", micros);
            extract(time.getMinute(), "MINUTE", micros);
            extract(time.getSecond(), "SECOND", micros);
            extract(time.getSecond() * 1000L + time.getNano() / 1_000_000, "MILLISECOND", micros);
            extract(time.toEpochSecond(ZoneOffset.UTC), "EPOCH", micros);
        }
    }

    @Test
    void floorsAgreeWithJavaTime() {
        for (int round = 0; round < 300; round++) {
            long micros = (long) (random.nextDouble() * 2 * SPAN) - SPAN;
            LocalDateTime time = time(micros);
            LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
            LocalDateTime month = day.withDayOfMonth(1);
            round(day, day.plusDays(1), "DAY", micros);
            round(month, month.plusMonths(1), "MONTH", micros);
            LocalDateTime year = day.withDayOfYear(1);
            round(year, year.plusYears(1), "YEAR", micros);
            LocalDateTime quarter = month.withMonth((time.getMonthValue() - 1) / 3 * 3 + 1);
            round(quarter, quarter.plusMonths(3), "QUARTER", micros);
            LocalDateTime hour = time.truncatedTo(ChronoUnit.HOURS);
            round(hour, hour.plusHours(1), "HOUR", micros);
            LocalDateTime week = day.minusDays(day.getDayOfWeek().getValue() % 7);
            round(week, week.plusDays(7), "WEEK", micros);
        }
    }

    private static void round(LocalDateTime floor, LocalDateTime next, String unit, long micros) {
        check(micros(floor), FLOOR_TO, TIMESTAMP, constant(TIMESTAMP, micros), text(unit));
        long ceiling = micros(floor) == micros ? micros : micros(next);
        check(ceiling, CEIL_TO, TIMESTAMP, constant(TIMESTAMP, micros), text(unit));
    }

    @Test
    void monthsClampToTheEndOfTheMonth() {
        for (int round = 0; round < 500; round++) {
            long day = random.nextInt(2_000_000) - 1_000_000;
            long months = random.nextInt(5_000) - 2_500;
            LocalDate expected = LocalDate.ofEpochDay(day).plusMonths(months);
            check(expected.toEpochDay(), ADD, DATE, constant(DATE, day), constant(MONTHS, months));
            check(expected.toEpochDay(), SUBTRACT, DATE, constant(DATE, day), constant(MONTHS, -months));
            long micros = day * TimeUnits.DAY + 12_345;
            check(
                    expected.toEpochDay() * TimeUnits.DAY + 12_345,
                    ADD,
                    TIMESTAMP,
                    constant(MONTHS, months),
                    constant(TIMESTAMP, micros));
        }
    }

    @Test
    void intervalsAreAddedAndMultiplied() {
        check(15L, ADD, TIMESTAMP, constant(TIMESTAMP, 10L), constant(MICROS, 5L));
        check(5L, SUBTRACT, TIMESTAMP, constant(TIMESTAMP, 10L), constant(MICROS, 5L));
        check(7L, SUBTRACT, MICROS, constant(TIMESTAMP, 10L), constant(TIMESTAMP, 3L));
        check(TimeUnits.DAY, SUBTRACT, MICROS, constant(DATE, 10L), constant(DATE, 9L));
        check(8L, ADD, MICROS, constant(MICROS, 3L), constant(MICROS, 5L));
        check(15L, MULTIPLY, MICROS, constant(MICROS, 3L), number(5));
        check(15L, MULTIPLY, MICROS, number(5), constant(MICROS, 3L));
        check(1L, ADD, TIME, constant(TIME, TimeUnits.DAY - 1), constant(MICROS, 2L));
        check(11L, ADD, DATE, constant(DATE, 10L), constant(MICROS, TimeUnits.DAY));
        check(null, ADD, TIMESTAMP, constant(TIMESTAMP, null), constant(MICROS, 5L));
        checkError(
                ErrorCode.DATETIME_OVERFLOW, ADD, TIMESTAMP, constant(TIMESTAMP, Long.MAX_VALUE), constant(MICROS, 5L));
    }

    @Test
    void datesAndTimesHaveParts() {
        check(2024L, EXTRACT, BIGINT, text("YEAR"), constant(DATE, 19782L));
        check(2L, EXTRACT, BIGINT, text("minute"), constant(TIME, 3_723_000_000L));
        check(26L, EXTRACT, BIGINT, text("DAY"), constant(MICROS, 26 * TimeUnits.DAY + 5));
        check(-2L, EXTRACT, BIGINT, text("MONTH"), constant(MONTHS, -14L));
        check(19754L, FLOOR_TO, DATE, constant(DATE, 19782L), text("MONTH"));
    }

    @Test
    void textAgreesWithJavaTime() {
        DataType type = TIMESTAMP;
        for (int round = 0; round < 300; round++) {
            long micros = (long) (random.nextDouble() * 60_000 * 365 / 100 * TimeUnits.DAY);
            String expected = time(micros).toLocalDate() + " ";
            String text = (String)
                    evaluate(call(CAST, VARCHAR, constant(type, micros)), 1).get(0);
            assertThat(text).as("seed %s", seed).startsWith(expected);
            check(micros, CAST, type, text(text));
        }
    }
}
