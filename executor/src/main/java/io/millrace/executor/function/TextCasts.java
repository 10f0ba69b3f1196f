package io.millrace.executor.function;

import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Casts to strings. Strings are cut to the length of the target, all else must fit; a CHAR is filled with blanks. */
final class TextCasts {
    private TextCasts() {}

    static Evaluator toText(Operand source, DataType target) {
        DataType from = source.type;
        boolean fromBytes = from.storage() == DataType.Storage.BYTES;
        boolean binary = target.kind() == Kind.VARBINARY;
        if (from.isArray() || (binary && !fromBytes)) {
            throw Casts.unsupported(from, target);
        }
        boolean unlimited = target.precision() == DataType.UNLIMITED;
        if (fromBytes && unlimited && (binary || from.isCharacter())) {
            return new Retyped(source.evaluator, target);
        }
        TextFunction.Kernel kernel = kernel(from, target);
        return new TextFunction(
                target,
                (x, row, out) -> {
                    int start = out.length;
                    kernel.apply(x, row, out);
                    fit(out, start, target, fromBytes);
                },
                source);
    }

    private static TextFunction.Kernel kernel(DataType from, DataType target) {
        return switch (from.kind()) {
            case BOOLEAN -> (x, row, out) -> out.appendAscii(x[0].longAt(row) != 0 ? "TRUE" : "FALSE");
            case TINYINT, SMALLINT, INTEGER, BIGINT -> (x, row, out) -> out.appendLong(x[0].longAt(row));
            case REAL -> (x, row, out) -> out.appendAscii(TextNumbers.format(x[0].doubleAt(row), true));
            case DOUBLE -> (x, row, out) -> out.appendAscii(TextNumbers.format(x[0].doubleAt(row), false));
            case DECIMAL -> (x, row, out) -> TextNumbers.appendDecimal(x[0], row, out);
            case CHAR, VARCHAR -> (x, row, out) -> out.append(x[0].bytes, x[0].start(row), x[0].end(row));
            case VARBINARY ->
                (x, row, out) -> {
                    if (target.isCharacter()) {
                        requireUtf8(x[0], row, target);
                    }
                    out.append(x[0].bytes, x[0].start(row), x[0].end(row));
                };
            case DATE -> (x, row, out) -> DatetimeText.appendDate(x[0].longAt(row), out);
            case TIME -> (x, row, out) -> DatetimeText.appendTime(x[0].longAt(row), from.precision(), out);
            case TIMESTAMP, TIMESTAMP_LTZ ->
                (x, row, out) -> DatetimeText.appendTimestamp(x[0].longAt(row), from.precision(), out);
            case INTERVAL_YEAR_MONTH -> (x, row, out) -> DatetimeText.appendMonths(x[0].longAt(row), out);
            case INTERVAL_DAY_TIME -> (x, row, out) -> DatetimeText.appendInterval(x[0].longAt(row), out);
            case ARRAY, NULL -> throw Casts.unsupported(from, target);
        };
    }

    private static void requireUtf8(Operand value, int row, DataType target) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            decoder.decode(ByteBuffer.wrap(value.bytes, value.start(row), value.length(row)));
        } catch (CharacterCodingException malformed) {
            throw new MillraceException(
                    ErrorCode.INVALID_CAST,
                    "invalid value for type " + target + ": bytes that are not UTF-8",
                    malformed);
        }
    }

    /** Cuts or fills the value that begins at {@code start} to the length of the type. */
    private static void fit(TextBuffer out, int start, DataType type, boolean mayCut) {
        int limit = type.precision();
        if (limit == DataType.UNLIMITED) {
            return;
        }
        boolean binary = type.kind() == Kind.VARBINARY;
        int length = binary ? out.length - start : Utf8.length(out.bytes, start, out.length);
        if (length > limit) {
            if (!mayCut) {
                throw new MillraceException(ErrorCode.STRING_TOO_LONG, "value too long for type " + type);
            }
            out.length = binary ? start + limit : Utf8.offset(out.bytes, start, out.length, limit);
        }
        if (type.kind() == Kind.CHAR) {
            for (int i = length; i < limit; i++) {
                out.append(' ');
            }
        }
    }
}
