package io.millrace.executor.function;

import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import org.apache.commons.codec.language.Soundex;

/** How much two strings sound or look alike. */
final class Phonetics {
    /** The time for a distance grows with the product of the lengths. */
    private static final int MAX_CHARACTERS = 255;

    private static final int CODE_LENGTH = 4;

    private Phonetics() {}

    static Evaluator soundex(Call call, ExpressionCompiler compiler) {
        return new TextFunction(
                call.type(), (x, row, out) -> out.appendAscii(code(x[0], row)), compiler.operands(call));
    }

    static Evaluator comparison(Call call, ExpressionCompiler compiler) {
        LongFunction.Kernel kernel = switch (call.function()) {
            case DIFFERENCE -> (x, row) -> agreement(code(x[0], row), code(x[1], row));
            case LEVENSHTEIN -> (x, row) -> distance(characters(x[0], row), characters(x[1], row));
            default -> throw MillraceException.internal(call.function() + " compares nothing");
        };
        return new LongFunction(call.type(), kernel, compiler.operands(call));
    }

    /** The code is made of Latin letters; others are left out. */
    private static String code(Operand text, int row) {
        StringBuilder letters = new StringBuilder();
        for (int at = text.start(row); at < text.end(row); at++) {
            byte value = text.bytes[at];
            if ((value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z')) {
                letters.append((char) value);
            }
        }
        return letters.isEmpty() ? "" : Soundex.US_ENGLISH.encode(letters.toString());
    }

    private static long agreement(String a, String b) {
        long equal = 0;
        for (int i = 0; i < CODE_LENGTH && i < a.length() && i < b.length(); i++) {
            equal += a.charAt(i) == b.charAt(i) ? 1 : 0;
        }
        return equal;
    }

    private static int[] characters(Operand text, int row) {
        if (Utf8.length(text.bytes, text.start(row), text.end(row)) > MAX_CHARACTERS) {
            throw EvaluationErrors.invalidArgument(
                    "LEVENSHTEIN takes strings of at most " + MAX_CHARACTERS + " characters");
        }
        return text.text(row).codePoints().toArray();
    }

    /** The fewest characters to insert, delete or replace: one row of the table at a time. */
    private static long distance(int[] a, int[] b) {
        int[] costs = new int[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            costs[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(replaced, Math.min(costs[j], costs[j - 1]) + 1);
            }
        }
        return costs[b.length];
    }
}
