package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import java.util.Locale;

/** The units of EXTRACT, FLOOR_TO and CEIL_TO. */
enum DatetimeUnit {
    MILLENNIUM,
    CENTURY,
    DECADE,
    YEAR,
    ISOYEAR,
    QUARTER,
    MONTH,
    WEEK,
    DAY,
    DOW,
    ISODOW,
    DOY,
    HOUR,
    MINUTE,
    SECOND,
    MILLISECOND,
    MICROSECOND,
    EPOCH,
    EPOCH_MILLISECOND,
    EPOCH_MICROSECOND;

    static DatetimeUnit of(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (DatetimeUnit unit : values()) {
            if (unit.name().equals(upper)) {
                return unit;
            }
        }
        throw new MillraceException(ErrorCode.INVALID_PARAMETER, "unknown time unit \"" + name + "\"");
    }

    /** Microseconds of a unit of fixed length; 0 for others. */
    long micros() {
        return switch (this) {
            case DAY -> TimeUnits.DAY;
            case HOUR -> TimeUnits.HOUR;
            case MINUTE -> TimeUnits.MINUTE;
            case SECOND -> TimeUnits.SECOND;
            case MILLISECOND -> TimeUnits.MILLISECOND;
            case MICROSECOND -> 1;
            default -> 0;
        };
    }

    /** Months of a unit that is made of months; 0 for others. */
    int months() {
        return switch (this) {
            case MILLENNIUM -> 12_000;
            case CENTURY -> 1_200;
            case DECADE -> 120;
            case YEAR -> 12;
            case QUARTER -> 3;
            case MONTH -> 1;
            default -> 0;
        };
    }
}
