package io.millrace.executor.function;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.error.ErrorCode;
import io.millrace.error.MillraceException;

/**
 * Regular expressions as RE2 has them: matching takes time that grows with the length of the text only, whatever the
 * pattern. In exchange there are no backreferences and no lookaround.
 */
final class RegexCompiler {
    static final int MAX_CHARACTERS = 4_096;
    /** Instructions of a compiled pattern; matching takes so many steps per character at most. */
    static final int MAX_PROGRAM = 10_000;

    private RegexCompiler() {}

    /** @param flags letters: i ignores case, c does not, s and n let a dot match line ends, m lets ^ and $ match at them */
    static Pattern compile(String pattern, String flags) {
        return compile(pattern, options(flags));
    }

    static Pattern compile(String pattern, int options) {
        boolean tooLarge = pattern.length() > MAX_CHARACTERS || RegexSize.estimate(pattern) > MAX_PROGRAM;
        if (!tooLarge) {
            try {
                Pattern compiled = Pattern.compile(pattern, options);
                if (compiled.programSize() <= MAX_PROGRAM) {
                    return compiled;
                }
            } catch (PatternSyntaxException invalid) {
                throw invalid(pattern, invalid);
            }
        }
        throw new MillraceException(
                        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                        "regular expression \"" + EvaluationErrors.shortened(pattern) + "\" is too large")
                .withHint("A pattern has at most " + MAX_CHARACTERS + " characters and compiles to " + MAX_PROGRAM
                        + " instructions; counted repetitions are unrolled.");
    }

    private static MillraceException invalid(String pattern, PatternSyntaxException invalid) {
        return new MillraceException(
                ErrorCode.INVALID_REGULAR_EXPRESSION,
                "invalid regular expression \"" + EvaluationErrors.shortened(pattern) + "\": "
                        + invalid.getDescription(),
                "Patterns are those of RE2, without backreferences and lookaround.",
                null,
                invalid);
    }

    private static int options(String flags) {
        int options = 0;
        for (int i = 0; i < flags.length(); i++) {
            switch (flags.charAt(i)) {
                case 'i' -> options |= Pattern.CASE_INSENSITIVE;
                case 'c' -> options &= ~Pattern.CASE_INSENSITIVE;
                case 's', 'n' -> options |= Pattern.DOTALL;
                case 'm' -> options |= Pattern.MULTILINE;
                default ->
                    throw EvaluationErrors.invalidArgument("invalid flag \"" + flags.charAt(i)
                            + "\" of a regular expression, one of i, c, s, n, m is expected");
            }
        }
        return options;
    }
}
