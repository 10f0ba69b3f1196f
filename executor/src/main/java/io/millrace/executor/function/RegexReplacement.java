package io.millrace.executor.function;

import com.google.re2j.Matcher;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;

/**
 * REGEXP_REPLACE: the first match, all with the flag g, or the occurrence that is asked for (0: all). In the replacement
 * {@code \1} to {@code \9} are groups, {@code \&} the match and {@code \\} a backslash.
 */
final class RegexReplacement {
    private RegexReplacement() {}

    static Evaluator of(Call call, ExpressionCompiler compiler) {
        Operand[] x = compiler.operands(call);
        Operand flags = x.length == 6 ? x[5] : x.length == 4 && x[3].type.isCharacter() ? x[3] : null;
        RegexSubject subject = new RegexSubject(
                x[0], x[1], flags, (pattern, letters) -> RegexCompiler.compile(pattern, letters.replace("g", "")));
        boolean placed = x.length > 4 || (x.length == 4 && flags == null);
        DataType type = call.type();
        return new TextFunction(
                type,
                (y, row, out) -> {
                    boolean all = flags != null && flags.text(row).indexOf('g') >= 0;
                    long from = placed ? RegexFunctions.from(y, 3, row) : 1;
                    long occurrence = y.length > 4 ? y[4].longAt(row) : all ? 0 : 1;
                    if (occurrence < 0) {
                        throw EvaluationErrors.invalidArgument(
                                "the occurrence of a regular expression must not be negative");
                    }
                    replace(subject, y[2], row, from, occurrence, out);
                },
                x);
    }

    private static void replace(
            RegexSubject subject, Operand replacement, int row, long from, long occurrence, TextBuffer out) {
        Matcher matcher = subject.matcher(row);
        int copied = 0;
        long number = 0;
        boolean found = RegexFunctions.first(subject, matcher, from);
        while (found) {
            number++;
            if (occurrence == 0 || occurrence == number) {
                subject.append(copied, matcher.start(), out);
                append(replacement, row, subject, matcher, out);
                copied = matcher.end();
            }
            found = (occurrence == 0 || number < occurrence) && matcher.find();
        }
        subject.append(copied, subject.length(), out);
    }

    private static void append(Operand replacement, int row, RegexSubject subject, Matcher matcher, TextBuffer out) {
        byte[] bytes = replacement.bytes;
        int end = replacement.end(row);
        for (int at = replacement.start(row); at < end; at++) {
            byte value = bytes[at];
            byte next = at + 1 < end ? bytes[at + 1] : 0;
            boolean group = next == '&' || (next >= '0' && next <= '9');
            if (value != '\\' || !(group || next == '\\')) {
                out.append(value);
                continue;
            }
            at++;
            if (next == '\\') {
                out.append(next);
                continue;
            }
            int number = next == '&' ? 0 : next - '0';
            if (number <= matcher.groupCount() && matcher.start(number) >= 0) {
                subject.append(matcher.start(number), matcher.end(number), out);
            }
        }
    }
}
