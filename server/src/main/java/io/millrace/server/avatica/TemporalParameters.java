package io.millrace.server.avatica;

import io.millrace.plan.DataType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.jspecify.annotations.Nullable;

/** Dates, times and intervals that clients send: as text, or as Avatica's days and milliseconds. */
final class TemporalParameters {
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MILLIS_PER_DAY = 86_400_000;

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private TemporalParameters() {}

    /** Null when the value's type does not fit. */
    static @Nullable Object canonical(DataType type, Rep rep, Object value) {
        if (value instanceof String text) {
            return parse(type, text.strip());
        }
        if (!(value instanceof Number number)) {
            return null;
        }
        long given = number.longValue();
        switch (type.kind()) {
            case DATE:
                return date(rep, given);
            case TIME:
                return rep == Rep.JAVA_SQL_TIME ? given * MICROS_PER_MILLI : null;
            case TIMESTAMP:
            case TIMESTAMP_LTZ:
                return timestamp(rep, given);
            default:
                return given;
        }
    }

    private static @Nullable Object date(Rep rep, long given) {
        if (rep == Rep.JAVA_SQL_DATE) {
            return given;
        }
        return rep == Rep.JAVA_SQL_TIMESTAMP || rep == Rep.JAVA_UTIL_DATE ? Math.floorDiv(given, MILLIS_PER_DAY) : null;
    }

    private static @Nullable Object timestamp(Rep rep, long given) {
        if (rep == Rep.JAVA_SQL_DATE) {
            return Math.multiplyExact(given, MILLIS_PER_DAY * MICROS_PER_MILLI);
        }
        return rep == Rep.JAVA_SQL_TIMESTAMP || rep == Rep.JAVA_UTIL_DATE
                ? Math.multiplyExact(given, MICROS_PER_MILLI)
                : null;
    }

    private static Object parse(DataType type, String text) {
        switch (type.kind()) {
            case DATE:
                return LocalDate.parse(text).toEpochDay();
            case TIME:
                return LocalTime.parse(text).toNanoOfDay() / 1_000;
            case TIMESTAMP:
            case TIMESTAMP_LTZ:
                return micros(text);
            default:
                return interval(text);
        }
    }

    private static long micros(String text) {
        var parsed =
                TIMESTAMP.parseBest(text.replace('T', ' '), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        Instant instant;
        if (parsed instanceof OffsetDateTime time) {
            instant = time.toInstant();
        } else if (parsed instanceof LocalDateTime time) {
            instant = time.toInstant(ZoneOffset.UTC);
        } else {
            instant = LocalDate.from(parsed).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1_000);
    }

    /** ISO 8601, such as PT1.5S. */
    private static long interval(String text) {
        Duration duration = Duration.parse(text);
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), MICROS_PER_SECOND), duration.getNano() / 1_000);
    }
}
