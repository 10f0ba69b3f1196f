package io.millrace.executor.function;

import io.millrace.executor.column.Int128;
import io.millrace.executor.column.PowersOfTen;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers and truth values in text, both ways. Blanks around a value are ignored. */
final class TextNumbers {
    /** More digits before the point than any type has: not worth computing. */
    private static final int MAX_EXPONENT = 400;
    /** The time to read digits grows with their square. */
    private static final int MAX_CHARACTERS = 1_000;

    private TextNumbers() {}

    static long parseBoolean(Operand text, int row, DataType type) {
        return switch (text.text(row).strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> 1;
            case "false", "f", "no", "n", "off", "0" -> 0;
            default -> throw EvaluationErrors.invalidText(text.text(row), type);
        };
    }

    static long parseLong(Operand text, int row, DataType type) {
        byte[] bytes = text.bytes;
        int end = Utf8.trimmedEnd(bytes, text.start(row), text.end(row));
        int at = Utf8.trimmedStart(bytes, text.start(row), end);
        boolean negative = at < end && bytes[at] == '-';
        if (negative || (at < end && bytes[at] == '+')) {
            at++;
        }
        if (at == end) {
            throw EvaluationErrors.invalidText(text.text(row), type);
        }
        // negative numbers reach one further
        long value = 0;
        boolean overflow = false;
        for (; at < end; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                throw EvaluationErrors.invalidText(text.text(row), type);
            }
            long next = value * 10 - digit;
            overflow |= value < Long.MIN_VALUE / 10 || next > 0;
            value = next;
        }
        if (overflow || (!negative && value == Long.MIN_VALUE)) {
            throw EvaluationErrors.outOfRange(text.text(row), type);
        }
        return Numbers.narrow(negative ? value : -value, type);
    }

    static double parseDouble(Operand text, int row, DataType type) {
        String stripped = text.text(row).strip();
        double value = switch (stripped.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "infinity", "inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> parseFinite(stripped, type);
        };
        return type.kind() == Kind.REAL ? (float) value : value;
    }

    private static double parseFinite(String text, DataType type) {
        checkLength(text, type);
        // Java's suffixes and hexadecimal numbers are no SQL
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                throw EvaluationErrors.invalidText(text, type);
            }
        }
        try {
            double value = type.kind() == Kind.REAL ? Float.parseFloat(text) : Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw EvaluationErrors.outOfRange(text, type);
            }
            return value;
        } catch (NumberFormatException malformed) {
            throw EvaluationErrors.invalidText(text, type);
        }
    }

    private static void checkLength(String text, DataType type) {
        if (text.length() > MAX_CHARACTERS) {
            throw EvaluationErrors.invalidText(text, type);
        }
    }

    static void parseDecimal(Operand text, int row, DataType type, DecimalValue out) {
        String stripped = text.text(row).strip();
        checkLength(stripped, type);
        BigDecimal value;
        try {
            value = new BigDecimal(stripped);
        } catch (NumberFormatException malformed) {
            throw EvaluationErrors.invalidText(stripped, type);
        }
        set(out, value, type, RoundingMode.DOWN);
    }

    static void set(DecimalValue out, BigDecimal value, DataType type, RoundingMode rounding) {
        long integerDigits = (long) value.precision() - value.scale();
        if (value.signum() != 0 && integerDigits > MAX_EXPONENT) {
            throw EvaluationErrors.outOfRange(value, type);
        }
        if (value.signum() == 0 || integerDigits < -MAX_EXPONENT) {
            out.set(0);
            return;
        }
        out.set(value.setScale(type.scale(), rounding).unscaledValue(), type);
    }

    static void appendDecimal(Operand value, int row, TextBuffer out) {
        int scale = value.type.scale();
        long number = value.longAt(row);
        if (scale == 0 && Decimals.isLong(value, row)) {
            out.appendLong(number);
            return;
        }
        if (scale > 18 || !Decimals.isLong(value, row) || number == Long.MIN_VALUE) {
            out.appendAscii(
                    Int128.toBigDecimal(value.highAt(row), number, scale).toPlainString());
            return;
        }
        if (number < 0) {
            out.append('-');
        }
        long absolute = Math.abs(number);
        out.appendLong(absolute / PowersOfTen.LONGS[scale]);
        out.append('.');
        out.appendPadded(absolute % PowersOfTen.LONGS[scale], scale);
    }

    /** The shortest text that gives the number back; with an exponent from 10^15 and below 10^-4. */
    static String format(double value, boolean real) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = shortest(value, real);
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 15) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : String.valueOf(Math.abs(exponent));
        return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + size;
    }

    private static BigDecimal shortest(double value, boolean real) {
        // before Java 19 toString() sometimes gives a digit too many
        BigDecimal best = new BigDecimal(real ? Float.toString((float) value) : Double.toString(value));
        while (best.precision() > 1) {
            BigDecimal shorter = best.round(new MathContext(best.precision() - 1, RoundingMode.HALF_EVEN));
            boolean same = real ? shorter.floatValue() == (float) value : shorter.doubleValue() == value;
            if (!same) {
                break;
            }
            best = shorter;
        }
        return best.stripTrailingZeros();
    }
}
