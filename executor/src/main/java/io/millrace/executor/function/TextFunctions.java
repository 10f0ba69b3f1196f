package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.ScalarFunction;
import java.util.Arrays;

/** The string functions, by the type of their result. */
final class TextFunctions {
    private TextFunctions() {}

    static Evaluator text(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        return new TextFunction(call.type(), textKernel(call.function(), operands), operands);
    }

    private static TextFunction.Kernel textKernel(ScalarFunction function, Operand[] operands) {
        boolean binary = operands[0].type.kind() == Kind.VARBINARY;
        return switch (function) {
            case UPPER -> (x, row, out) -> CaseFolding.appendUpper(x[0].bytes, x[0].start(row), x[0].end(row), out);
            case LOWER -> (x, row, out) -> CaseFolding.appendLower(x[0].bytes, x[0].start(row), x[0].end(row), out);
            case INITCAP ->
                (x, row, out) -> CaseFolding.appendInitialCapitals(x[0].bytes, x[0].start(row), x[0].end(row), out);
            case TRIM -> (x, row, out) -> Trimming.append(x, row, true, true, out);
            case LTRIM -> (x, row, out) -> Trimming.append(x, row, true, false, out);
            case RTRIM -> (x, row, out) -> Trimming.append(x, row, false, true, out);
            case SUBSTRING -> binary ? Substrings::substringBytes : Substrings::substring;
            case LEFT -> Substrings::left;
            case RIGHT -> Substrings::right;
            case OVERLAY -> Substrings::overlay;
            case SPLIT_PART -> Substrings::splitPart;
            case CONCAT ->
                (x, row, out) -> {
                    for (Operand operand : x) {
                        out.append(operand.bytes, operand.start(row), operand.end(row));
                    }
                };
            case REPLACE -> Rewriting::replace;
            case TRANSLATE -> Rewriting::translate;
            case REPEAT -> Rewriting::repeat;
            case REVERSE -> Rewriting::reverse;
            case LPAD -> (x, row, out) -> Rewriting.pad(x, row, true, out);
            case RPAD -> (x, row, out) -> Rewriting.pad(x, row, false, out);
            case CHR ->
                (x, row, out) -> {
                    long character = x[0].longAt(row);
                    boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
                    if (character <= 0 || character > Character.MAX_CODE_POINT || surrogate) {
                        throw EvaluationErrors.invalidArgument("no character has the number " + character);
                    }
                    out.appendCodePoint((int) character);
                };
            default -> throw MillraceException.internal(function + " gives no text");
        };
    }

    static Evaluator optionalText(Call call, ExpressionCompiler compiler) {
        return new OptionalTextFunction(call.type(), Substrings::splitItem, compiler.operands(call));
    }

    static Evaluator number(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        LongFunction.Kernel kernel = switch (call.function()) {
            case CHAR_LENGTH -> (x, row) -> Utf8.length(x[0].bytes, x[0].start(row), x[0].end(row));
            case OCTET_LENGTH -> (x, row) -> x[0].length(row);
            case POSITION -> TextFunctions::position;
            case SPLIT_COUNT -> Substrings::splitCount;
            case ASCII ->
                (x, row) -> {
                    int start = x[0].start(row);
                    return x[0].length(row) == 0
                            ? 0
                            : Utf8.decode(x[0].bytes, start, Utf8.next(x[0].bytes, start, x[0].end(row)));
                };
            default -> throw MillraceException.internal(call.function() + " gives no number");
        };
        return new LongFunction(call.type(), kernel, operands);
    }

    static Evaluator test(Call call, ExpressionCompiler compiler) {
        Operand[] operands = compiler.operands(call);
        boolean search = call.function() == ScalarFunction.CONTAINS
                && operands[1].constant
                && operands[1].length(0) > 0
                && !operands[0].constant;
        if (search) {
            return LikeCondition.contains(operands[0], operands[1]);
        }
        LongFunction.Kernel kernel = switch (call.function()) {
            case STARTS_WITH -> (x, row) -> startsWith(x[0], x[1], row) ? 1 : 0;
            case ENDS_WITH -> (x, row) -> endsWith(x[0], x[1], row) ? 1 : 0;
            default -> (x, row) -> indexOf(x[0], x[0].start(row), x[1], row) >= 0 ? 1 : 0;
        };
        return new LongFunction(DataType.of(Kind.BOOLEAN), kernel, operands);
    }

    /** The byte where the needle occurs at or after {@code from}; -1 when it does not. */
    static int indexOf(Operand text, int from, Operand needle, int row) {
        return Utf8.indexOf(text.bytes, from, text.end(row), needle.bytes, needle.start(row), needle.end(row));
    }

    private static long position(Operand[] x, int row) {
        Operand text = x[1];
        long first = x.length < 3 ? 1 : x[2].longAt(row);
        if (first < 1 || first > Utf8.length(text.bytes, text.start(row), text.end(row)) + 1L) {
            return 0;
        }
        int from = Utf8.offset(text.bytes, text.start(row), text.end(row), first - 1);
        int found = indexOf(text, from, x[0], row);
        return found < 0 ? 0 : Utf8.length(text.bytes, text.start(row), found) + 1L;
    }

    private static boolean startsWith(Operand text, Operand prefix, int row) {
        int length = prefix.length(row);
        int start = text.start(row);
        return text.length(row) >= length
                && Arrays.equals(text.bytes, start, start + length, prefix.bytes, prefix.start(row), prefix.end(row));
    }

    private static boolean endsWith(Operand text, Operand suffix, int row) {
        int length = suffix.length(row);
        int end = text.end(row);
        return text.length(row) >= length
                && Arrays.equals(text.bytes, end - length, end, suffix.bytes, suffix.start(row), suffix.end(row));
    }
}
