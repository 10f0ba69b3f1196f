package io.millrace.executor.function;

import com.google.re2j.Matcher;
import io.millrace.error.MillraceException;
import io.millrace.plan.Call;
import io.millrace.plan.DataType;
import io.millrace.plan.DataType.Kind;
import io.millrace.plan.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** The functions that search with regular expressions. */
final class RegexFunctions {
    private RegexFunctions() {}

    static Evaluator test(Call call, ExpressionCompiler compiler) {
        Operand[] x = compiler.operands(call);
        if (call.function() == ScalarFunction.SIMILAR_TO) {
            RegexSubject subject = new RegexSubject(x[0], x[1], x.length > 2 ? x[2] : null, SimilarPattern::compile);
            return new LongFunction(
                    call.type(), (y, row) -> subject.matcher(row).matches() ? 1 : 0, x);
        }
        if (x.length == 2 && x[1].constant && !x[0].constant && isLiteral(x[1])) {
            return LikeCondition.contains(x[0], x[1]);
        }
        RegexSubject subject = new RegexSubject(x[0], x[1], x.length > 2 ? x[2] : null, RegexCompiler::compile);
        DataType type = DataType.of(Kind.BOOLEAN).withNullable(call.type().nullable());
        return new LongFunction(type, (y, row) -> subject.matcher(row).find() ? 1 : 0, x);
    }

    /** Whether no character of a pattern has a meaning of its own: then it is a search for a string. */
    private static boolean isLiteral(Operand pattern) {
        for (int at = pattern.start(0); at < pattern.end(0); at++) {
            if ("\\^$.|?*+()[]{}".indexOf(pattern.bytes[at]) >= 0) {
                return false;
            }
        }
        return pattern.length(0) > 0;
    }

    static Evaluator number(Call call, ExpressionCompiler compiler) {
        Operand[] x = compiler.operands(call);
        RegexSubject subject = new RegexSubject(x[0], x[1], null, RegexCompiler::compile);
        LongFunction.Kernel kernel = switch (call.function()) {
            case REGEXP_COUNT -> (y, row) -> count(subject, y, row);
            case REGEXP_INSTR -> (y, row) -> place(subject, y, row);
            default -> throw MillraceException.internal(call.function() + " is no number");
        };
        return new LongFunction(call.type(), kernel, x);
    }

    private static long count(RegexSubject subject, Operand[] x, int row) {
        Matcher matcher = subject.matcher(row);
        long found = 0;
        for (boolean more = first(subject, matcher, from(x, 2, row)); more; more = matcher.find()) {
            found++;
        }
        return found;
    }

    private static long place(RegexSubject subject, Operand[] x, int row) {
        Matcher matcher = find(subject, x, 2, row);
        if (matcher == null) {
            return 0;
        }
        boolean end = x.length > 4 && isEnd(x[4].longAt(row));
        int group = group(matcher);
        return subject.character(end ? matcher.end(group) : matcher.start(group));
    }

    private static boolean isEnd(long choice) {
        if (choice != 0 && choice != 1) {
            throw EvaluationErrors.invalidArgument("the place that REGEXP_INSTR gives must be 0 (start) or 1 (end)");
        }
        return choice == 1;
    }

    static Evaluator part(Call call, ExpressionCompiler compiler) {
        Operand[] x = compiler.operands(call);
        RegexSubject subject = new RegexSubject(x[0], x[1], null, RegexCompiler::compile);
        return new OptionalTextFunction(
                call.type(),
                (y, row, out) -> {
                    Matcher matcher = find(subject, y, 2, row);
                    int group = matcher == null ? 0 : group(matcher);
                    if (matcher == null || matcher.start(group) < 0) {
                        return false;
                    }
                    subject.append(matcher.start(group), matcher.end(group), out);
                    return true;
                },
                x);
    }

    /** The only group, or all of the match. */
    private static int group(Matcher matcher) {
        if (matcher.groupCount() > 1) {
            throw EvaluationErrors.invalidArgument("the regular expression has more than one group");
        }
        return matcher.groupCount();
    }

    /** Finds the occurrence that arguments name, {@code index} on; null when there is none. */
    static @Nullable Matcher find(RegexSubject subject, Operand[] x, int index, int row) {
        Matcher matcher = subject.matcher(row);
        long occurrence = x.length > index + 1 ? x[index + 1].longAt(row) : 1;
        if (occurrence < 1) {
            throw EvaluationErrors.invalidArgument("the occurrence of a regular expression must be positive");
        }
        boolean found = first(subject, matcher, from(x, index, row));
        for (long i = 1; found && i < occurrence; i++) {
            found = matcher.find();
        }
        return found ? matcher : null;
    }

    /** Where to begin, counted in characters from 1. */
    static long from(Operand[] x, int index, int row) {
        long from = x.length > index ? x[index].longAt(row) : 1;
        if (from < 1) {
            throw EvaluationErrors.invalidArgument("the position in a string must be positive");
        }
        return from;
    }

    static boolean first(RegexSubject subject, Matcher matcher, long from) {
        if (from == 1) {
            return matcher.find();
        }
        int place = subject.place(from);
        return place >= 0 && matcher.find(place);
    }
}
