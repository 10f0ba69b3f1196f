package io.millrace.executor.function;

import io.millrace.executor.column.PowersOfTen;
import io.millrace.executor.function.DatetimeFormat.Element;
import io.millrace.executor.function.DatetimeFormat.Field;
import io.millrace.executor.function.DatetimeFormat.Style;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** TO_CHAR, TO_DATE and TO_TIMESTAMP, with the formats that PostgreSQL has. */
final class DatetimeFormats {
    private static final int NAME_WIDTH = 9;
    /** The Julian day of 1970-01-01. */
    static final long JULIAN_EPOCH = 2_440_588;

    private final Operand format;

    private @Nullable DatetimeFormat last;

    private DatetimeFormats(Operand format) {
        this.format = format;
    }

    static Evaluator toText(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        DataType type = operands[0].type;
        boolean time = type.kind() == Kind.TIME;
        DatetimeFormats formats = new DatetimeFormats(operands[1]);
        return new TextFunction(
                call.type(),
                (x, row, out) -> {
                    long micros = time ? x[0].longAt(row) : DatetimeArithmetic.toMicros(x[0].longAt(row), type);
                    append(formats.get(row), micros, out);
                },
                operands);
    }

    static Evaluator fromText(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        DataType type = call.type();
        DatetimeFormats formats = new DatetimeFormats(operands[1]);
        return new LongFunction(
                type,
                (x, row) -> {
                    long micros = new DatetimeFormatReader(formats.get(row), x[0].text(row)).read();
                    return type.kind() == Kind.DATE
                            ? Math.floorDiv(micros, TimeUnits.DAY)
                            : TimeUnits.truncate(micros, type.precision());
                },
                operands);
    }

    /** The format of a row, which is most often that of the row before. */
    private DatetimeFormat get(int row) {
        DatetimeFormat known = last;
        if (known != null && format.constant) {
            return known;
        }
        String text = format.text(row);
        if (known == null || !known.text().equals(text)) {
            known = DatetimeFormat.of(text);
            last = known;
        }
        return known;
    }

    private static void append(DatetimeFormat format, long micros, TextBuffer out) {
        for (Element element : format.elements()) {
            Field field = element.field();
            if (field == null) {
                out.appendText(element.literal());
                continue;
            }
            String name = name(field, micros);
            if (name != null) {
                appendName(field, name, element, out);
            } else {
                appendNumber(number(field, micros), field.digits(), element, out);
            }
        }
    }

    private static @Nullable String name(Field field, long micros) {
        long day = Math.floorDiv(micros, TimeUnits.DAY);
        boolean morning = Math.floorMod(micros, TimeUnits.DAY) < TimeUnits.DAY / 2;
        return switch (field) {
            case MONTH -> DatetimeFields.monthName(CivilCalendar.month(CivilCalendar.civil(day)));
            case MON ->
                DatetimeFields.monthName(CivilCalendar.month(CivilCalendar.civil(day)))
                        .substring(0, 3);
            case DAY -> DatetimeFields.dayName(CivilCalendar.dayOfWeek(day));
            case DY -> DatetimeFields.dayName(CivilCalendar.dayOfWeek(day)).substring(0, 3);
            case AM, PM -> morning ? "AM" : "PM";
            case A_M, P_M -> morning ? "A.M." : "P.M.";
            default -> null;
        };
    }

    private static void appendName(Field field, String name, Element element, TextBuffer out) {
        out.appendAscii(
                element.style() == Style.UPPER
                        ? name.toUpperCase(Locale.ROOT)
                        : element.style() == Style.LOWER ? name.toLowerCase(Locale.ROOT) : name);
        boolean padded = (field == Field.MONTH || field == Field.DAY) && !element.compact();
        for (int i = name.length(); padded && i < NAME_WIDTH; i++) {
            out.append(' ');
        }
    }

    private static void appendNumber(long number, int digits, Element element, TextBuffer out) {
        if (number < 0) {
            out.append('-');
        }
        long absolute = Math.abs(number);
        if (element.compact() || String.valueOf(absolute).length() > digits) {
            out.appendLong(absolute);
        } else {
            out.appendPadded(absolute, digits);
        }
        if (element.ordinal()) {
            String ending = ending(absolute);
            out.appendAscii(element.style() == Style.LOWER ? ending : ending.toUpperCase(Locale.ROOT));
        }
    }

    private static String ending(long number) {
        if (number / 10 % 10 == 1) {
            return "th";
        }
        return switch ((int) (number % 10)) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    private static long number(Field field, long micros) {
        long day = Math.floorDiv(micros, TimeUnits.DAY);
        long time = micros - day * TimeUnits.DAY;
        long hour = time / TimeUnits.HOUR;
        return switch (field) {
            case HH24 -> hour;
            case HH12, HH -> (hour + 11) % 12 + 1;
            case MI -> time / TimeUnits.MINUTE % 60;
            case SS -> time / TimeUnits.SECOND % 60;
            case SSSS, SSSSS -> time / TimeUnits.SECOND;
            case MS, US, FF1, FF2, FF3, FF4, FF5, FF6 ->
                time % TimeUnits.SECOND / PowersOfTen.LONGS[6 - field.digits()];
            case J -> day + JULIAN_EPOCH;
            case D -> CivilCalendar.dayOfWeek(day) + 1;
            case ID -> isoDay(day);
            case DDD -> CivilCalendar.dayOfYear(day);
            case WW -> (CivilCalendar.dayOfYear(day) - 1) / 7 + 1;
            case IW -> CivilCalendar.isoWeek(day);
            case IDDD -> (CivilCalendar.isoWeek(day) - 1) * 7L + isoDay(day);
            case IYYY -> CivilCalendar.year(CivilCalendar.civil(CivilCalendar.isoThursday(day)));
            default -> civil(field, CivilCalendar.civil(day));
        };
    }

    private static long civil(Field field, long civil) {
        long year = CivilCalendar.year(civil);
        return switch (field) {
            case YYY -> Math.floorMod(year, 1000L);
            case YY, RR -> Math.floorMod(year, 100L);
            case Y -> Math.floorMod(year, 10L);
            case CC -> year > 0 ? (year + 99) / 100 : -((99 - (year - 1)) / 100);
            case Q -> (CivilCalendar.month(civil) + 2) / 3;
            case MM -> CivilCalendar.month(civil);
            case W -> (CivilCalendar.dayOfMonth(civil) - 1) / 7 + 1;
            case DD -> CivilCalendar.dayOfMonth(civil);
            default -> year;
        };
    }

    private static int isoDay(long day) {
        return (CivilCalendar.dayOfWeek(day) + 6) % 7 + 1;
    }
}
